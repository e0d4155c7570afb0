"""`chainrule serve`, `worker`, `migrate`: the processes that run for long."""

import gc
import logging
import signal
import socket
import sys
import threading
from contextlib import closing
from types import FrameType

import click
import uvicorn

from app.commands.opening import opened_database
from app.demo import LOGINS, make_demo
from app.errors import SettingsInvalid
from app.installed_catalog import installed_catalog
from app.logs.writing import log_to_stderr
from app.main import REAL_WORKSHOP, create_app
from app.metrics.instruments import Metrics
from app.metrics.listener import answering
from app.metrics.stored import StoredState
from app.sandbox_health import SandboxHealth
from app.serving.bounded_heads import BoundedHeads
from app.serving.draining_server import DrainingServer
from app.settings import Settings, read_settings
from app.tracing import Tracing
from app.worker import Worker
from submissions.clock import system_clock
from submissions.engine_choice import engine_for

SWITCH_SECONDS = 0.0005
"""How long a thread may compute while others wait for the interpreter; by itself Python lets it 5 ms. Whoever writes to
the database comes back to the interpreter ten times, and others wait for its turn: in a rush that made seconds."""

DRAIN_SECONDS = 10  # what requests under way may take when the server is told to stop
BACKLOG = 2048

logger = logging.getLogger("chainrule.worker")


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.")
@click.option(
    "--workers", type=click.IntRange(0, 64), help="Gradings at a time in this process; 0 only serves, beside `worker`."
)
@click.option("--demo", is_flag=True, help="Make the demo course first and print its logins.")
def serve(host: str | None, port: int | None, workers: int | None, demo: bool) -> None:
    """Serve the pages and the API, and grade."""
    asked = {"host": host, "embedded_worker": None if workers is None else workers > 0, "worker_slots": workers or None}
    settings = read_settings(port=port, **asked)
    log_to_stderr(settings)
    with opened_database(settings, migrate=True) as database:
        if demo:
            make_demo(database, installed_catalog(settings.assignment_folders), settings, system_clock())
    with listening(settings) as listener:
        settings = read_settings(port=listener.getsockname()[1], **asked)
        draining = threading.Event()
        app = create_app(settings, draining=draining)
        click.echo(f"Chainrule answers at {settings.public_origin}")
        if demo:
            click.echo("Demo logins (e-mail, password):")
            for email, password in LOGINS:
                click.echo(f"  {email}  {password}")
        sys.stdout.flush()
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
            lifespan="on",
            loop="uvloop",
            http=BoundedHeads,
        )
        streams = app.state.event_streams
        server = DrainingServer(config, draining, settings.drain_seconds, before=streams.close)
        gc.collect()
        gc.freeze()  # what is here now stays: looking through it for garbage stopped all answers for 0.15 s at a time
        sys.setswitchinterval(SWITCH_SECONDS)
        server.run(sockets=[listener])
    if not server.started:
        raise SystemExit(3)


@click.command()
@click.option("--slots", type=click.IntRange(1, 64), help="Gradings at a time.")
def worker(slots: int | None) -> None:
    """Only grade; beside a `serve --workers 0`, or on another host with the same PostgreSQL."""
    settings = read_settings(worker_slots=slots)
    log_to_stderr(settings)
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    with opened_database(settings) as database:
        tracing = Tracing.of(settings)
        metrics = Metrics(StoredState(database, system_clock))

        def told(health: SandboxHealth) -> None:
            metrics.sandbox_known(health)
            logger.info("sandbox %s %s %s", health.state, health.level, health.message)

        work = Worker(
            engine_for(database, system_clock, settings.worker_lease_seconds),
            REAL_WORKSHOP.graders(settings, database, stop, metrics),
            lambda: REAL_WORKSHOP.examine(settings),
            slots=settings.worker_slots,
            stop=stop,
            told=told,
            metrics=metrics,
            tracing=tracing,
        )
        with answering(settings, metrics), closing(tracing):
            work.run()


@click.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    with opened_database(read_settings(), migrate=True):
        click.echo("The database is at this version's schema.")


def listening(settings: Settings) -> socket.socket:
    """A socket that listens already, so that the printed address works from the moment it is printed.

    Raises SettingsInvalid where the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsInvalid((f"cannot listen on {settings.host} port {settings.port}: {error.strerror}",)) from error
    return listener
