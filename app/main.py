"""The one place where the parts are put together into a web application."""

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from app.api import health, metrics
from app.api.documentation import problems
from app.api.routes import ROUTERS
from app.api.schemas import ProblemOut
from app.api.waits import Waits
from app.check_desk import CheckDesk
from app.context import Context
from app.error_handlers import ErrorAnswers, UnexpectedErrors
from app.gradings.grading import Graders, SubprocessGrader
from app.gradings.progress_notes import ProgressNotes
from app.gradings.sandbox_examination import examine
from app.housekeeping import Housekeeping
from app.installed_catalog import installed_catalog
from app.logs.request_lines import RequestLines
from app.lti.outbox import Outbox
from app.lti.service import Service
from app.mail.mailer import Mailer
from app.mail.postman import Postman
from app.mail.smtp import smtp_mailer
from app.metrics.counted_requests import API_PREFIX, CountedRequests
from app.metrics.instruments import Metrics
from app.metrics.stored import StoredState
from app.oidc.opening import opened_provider
from app.outgoing import Outgoing
from app.pages.error_page import error_page
from app.pages.lost_form import lost_form
from app.pages.render import STATIC_PATH, render
from app.pages.routes import pages_router
from app.passwords import Passwords
from app.platform_keys import PlatformKeys
from app.sandbox_health import SandboxHealth, SandboxState
from app.secret_key import secret_key
from app.security.headers import SecurityHeaders
from app.serving.body_limit import BodyLimit
from app.serving.event_streams import EventStreams
from app.serving.head_requests import HeadRequests
from app.serving.languages import Languages, SpokenLanguage
from app.serving.login_throttle import LoginThrottle
from app.serving.looking_again import Pace
from app.serving.person_limits import PersonLimits
from app.serving.rate_limits import RateLimitHeaders, RateLimits
from app.settings import Settings
from app.static import CachedStatic
from app.tracing import Tracing
from app.version import own_version
from app.webhooks.sender import Sender
from app.worker import Worker
from grader.sandbox.outline import outline
from submissions.clock import Clock, system_clock
from submissions.database import Database
from submissions.engine_choice import engine_for
from submissions.errors import SchemaTooOld
from submissions.queue import Handler

logger = logging.getLogger("chainrule")


@dataclass(frozen=True, slots=True)
class Workshop:
    """What goes on beside the requests; tests put in their own."""

    examine: Callable[[Settings], SandboxHealth]
    graders: Callable[[Settings, Database, threading.Event, Metrics], Graders]
    send: Callable[[Context, threading.Event], None]


def subprocess_graders(settings: Settings, database: Database, stop: threading.Event, metrics: Metrics) -> Graders:
    """What grades for real, in processes of its own."""
    key = secret_key(settings.secret_key_path)
    notes = ProgressNotes(database, database.clock)

    def opened(level: str, lost: Callable[[], None]) -> AbstractContextManager[Handler]:
        def wall_lost() -> None:
            metrics.canary_lost()
            lost()

        grader = SubprocessGrader(
            settings, key, stop, notes, level, wall_lost, observe=metrics.bench, settled=notes.forget
        )
        grader.prepare(settings.worker_slots)
        return closing(grader)

    return opened


def send_owed(context: Context, stop: threading.Event) -> None:
    """Send platforms the scores and webhooks the messages that they are owed, until `stop` is set."""
    webhooks = threading.Thread(target=Sender(context, stop).run, name="webhooks")
    webhooks.start()
    try:
        Outbox(context, Service(context), stop).run()
    finally:
        webhooks.join()


REAL_WORKSHOP = Workshop(lambda settings: examine(settings.sandbox.value), subprocess_graders, send_owed)


def create_app(
    settings: Settings,
    clock: Clock = system_clock,
    workshop: Workshop = REAL_WORKSHOP,
    passwords: Callable[[], Passwords] = Passwords.recommended,
    mailer: Callable[[Settings, Clock], Mailer | None] = smtp_mailer,
    draining: threading.Event | None = None,
    tracing: Tracing | None = None,
) -> FastAPI:
    """The application. It opens its database when it starts and refuses to start on an old schema (SchemaTooOld).

    draining: set by whoever serves it as soon as it is told to end; no grading is claimed from then on.
    """
    answers = ErrorAnswers(error_page, partial(lost_form, public_origin=settings.public_origin))
    tracing = tracing or Tracing.of(settings)
    app = FastAPI(
        title="Chainrule",
        summary="Grades hand-written backpropagation and names the bug.",
        version=own_version(),
        lifespan=_lifespan(settings, clock, workshop, passwords, mailer, draining or threading.Event(), tracing),
        telemetry=tracing.telemetry(),
        docs_url=None,  # both would load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        routes=list(_routes()),
        middleware=[
            Middleware(RequestLines),
            Middleware(CountedRequests),
            Middleware(SecurityHeaders, https=settings.secure_cookies),
            Middleware(SpokenLanguage, languages=Languages.read(settings.translations)),
            Middleware(UnexpectedErrors, answers=answers),
            Middleware(HeadRequests),
            Middleware(RateLimitHeaders),
            Middleware(BodyLimit, file_bytes=settings.upload_max_bytes),
        ],
    )
    answers.install(app)
    app.state.event_streams = EventStreams()  # whoever runs the server ends them when it is told to stop
    app.state.problem_page = lambda request, kind: render(request, "api_problem.html", kind=kind)
    app.state.waits = Waits()
    app.mount(STATIC_PATH, CachedStatic(), name="static")
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Every route. Made once in a process: FastAPI reads the signature behind each, and none knows an application."""
    routes = APIRouter()
    routes.include_router(health.health_router)
    routes.include_router(metrics.metrics_router)
    routes.include_router(_api(), prefix=API_PREFIX)
    routes.include_router(pages_router(), include_in_schema=False)
    return tuple(routes.routes)


def _api() -> APIRouter:
    api = APIRouter(responses={500: {**problems(500)[500], "model": ProblemOut}})
    for router in ROUTERS:
        api.include_router(router)
    return api


def _lifespan(
    settings: Settings,
    clock: Clock,
    workshop: Workshop,
    passwords: Callable[[], Passwords],
    mailer: Callable[[Settings, Clock], Mailer | None],
    draining: threading.Event,
    tracing: Tracing,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database.open(settings.database, clock)
        try:
            if not database.at_head():
                raise SchemaTooOld
            instruments = Metrics(StoredState(database, clock))
            known = _Known(app, instruments, embedded=settings.embedded_worker)
            outgoing = Outgoing(settings.private_platforms)
            post = mailer(settings, clock)
            provider = opened_provider(settings, clock)
            context = app.state.context = Context(
                settings=settings,
                database=database,
                catalog=installed_catalog(settings.assignment_folders),
                clock=clock,
                passwords=passwords(),
                throttle=LoginThrottle(settings.login_attempts, timedelta(seconds=settings.login_pause_seconds)),
                outgoing=outgoing,
                platform_keys=PlatformKeys(outgoing, clock),
                api_limits=RateLimits(settings.api_requests_per_minute),
                sends_mail=post is not None,
                oidc=provider,
                check_desk=CheckDesk(outline, clock),
                event_streams=app.state.event_streams,
                pace=Pace(clock),
                metrics=instruments,
                person_limits=PersonLimits(settings.uploads_per_minute, settings.pages_per_minute),
                draining=draining,
                sandbox_health=known.health,
            )
            stop = threading.Event()
            threads = [threading.Thread(target=workshop.send, args=(context, stop), name="outbox")]
            if post is not None:
                postman = Postman(database, post, clock, settings.public_origin)
                threads.append(threading.Thread(target=postman.run, args=(stop,), name="mail"))
            if settings.keep_files_days:
                keeping = Housekeeping(database, clock, timedelta(days=settings.keep_files_days))
                threads.append(threading.Thread(target=keeping.run, args=(stop,), name="housekeeping"))
            if settings.embedded_worker:
                worker = Worker(
                    engine_for(database, clock, settings.worker_lease_seconds),
                    workshop.graders(settings, database, draining, instruments),
                    lambda: workshop.examine(settings),
                    slots=settings.worker_slots,
                    stop=draining,
                    told=known.learn,
                    metrics=instruments,
                    tracing=tracing,
                )
                threads.append(threading.Thread(target=worker.run, name="worker"))
            for thread in threads:
                thread.start()
            try:
                yield
            finally:
                draining.set()
                stop.set()
                database.post.ring()  # the postman sleeps by it
                for thread in threads:
                    thread.join()
                outgoing.close()
                tracing.close()
                if provider is not None:
                    provider.close()
        finally:
            database.close()

    return lifespan


class _Known:
    """What is known of the sandbox: learned by the worker's thread, read by requests."""

    def __init__(self, app: FastAPI, metrics: Metrics, embedded: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._health = SandboxHealth(SandboxState.EXAMINING if embedded else SandboxState.ELSEWHERE)
        self._app.state.sandbox_level = ""
        metrics.sandbox_known(self._health)

    def health(self) -> SandboxHealth:
        return self._health

    def learn(self, health: SandboxHealth) -> None:
        self._health = health
        self._metrics.sandbox_known(health)
        self._app.state.sandbox_level = health.level  # every page shows the banner of the unsafe level
