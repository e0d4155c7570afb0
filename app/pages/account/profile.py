"""A person's own account: name, time zone, password, where they are signed in, their API tokens."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, TooManyAttempts, WrongLogin
from app.lti import linking
from app.pages import form_fields
from app.pages.account.browser_names import browser_name
from app.pages.account.time_zones import zones_by_region
from app.pages.render import render
from app.problems import headers_of
from app.security import login
from app.security.tokens import Scope
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.database import Transaction
from submissions.models import ApiToken, LoginSession, User

PATH = "/profile"

DONE = {
    "name": gettext_noop("Your name and time zone are saved."),
    "password": gettext_noop("Your password is changed. All other browsers are signed out."),
    "session": gettext_noop("That browser is signed out."),
    "sessions": gettext_noop("All other browsers are signed out."),
    "unlinked": gettext_noop("That learning management system opens your account no longer."),
    "token": gettext_noop("The token is revoked."),
}
"""What is said after a change, by a word in the address."""

TOKEN_DAYS = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser in the list; `here`: the one that looks at it."""

    key: str
    name: str
    here: bool
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form of the page: the form's name, the sentence, the field, and what was typed."""

    form: str
    sentence: str
    field: str
    kept: dict[str, str]


def make_router() -> APIRouter:
    """/profile and its password."""
    router = APIRouter()
    router.add_api_route(PATH, show, methods=["GET"])
    router.add_api_route(PATH, save, methods=["POST"])
    router.add_api_route(f"{PATH}/password", change_password, methods=["POST"])
    return router


def show(request: Request, context: Ctx, found: CurrentSession, done: str = "") -> Response:
    """The page."""
    return page(request, context, found, done=_(DONE[done]) if done in DONE else "")


async def save(request: Request, context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """Change name and time zone."""
    try:
        name = form_fields.line(form, "name", _("Write your name as your course knows it."))
        time_zone = form_fields.zone(form, "time_zone") if form_fields.typed(form, "time_zone") else None
    except BadForm as error:
        return await run_in_threadpool(again, request, context, found, "name", error, form)
    await run_in_threadpool(_save, context, found.user, name, time_zone)
    return RedirectResponse(f"{PATH}?done=name", 303)


async def change_password(request: Request, context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """Change the password for whoever knows the present one; every other browser is signed out."""
    try:
        await run_in_threadpool(_change, context, found, form, login.caller(request)[0])
    except WrongLogin:
        wrong = BadForm(_("This is not your present password."), "present")
        return await run_in_threadpool(again, request, context, found, "password", wrong, form)
    except (BadForm, TooManyAttempts) as error:
        answer = await run_in_threadpool(again, request, context, found, "password", error, form)
        answer.headers.update(headers_of(error))
        return answer
    return RedirectResponse(f"{PATH}?done=password", 303)


def again(
    request: Request,
    context: Context,
    found: LoginSession,
    name: str,
    error: BadForm | TooManyAttempts,
    form: FormData,
) -> Response:
    """The page with one of its forms as it was typed, but for passwords, and what is wrong with it."""
    field = error.field or "" if isinstance(error, BadForm) else ""
    kept = {key: form_fields.typed(form, key) for key in ("name", "time_zone", "days")}
    status = 422 if isinstance(error, BadForm) else 429
    return page(request, context, found, status, wrong=Wrong(name, error.sentence, field, kept))


def page(
    request: Request,
    context: Context,
    found: LoginSession,
    status: int = 200,
    *,
    done: str = "",
    wrong: Wrong | None = None,
    new_token: str = "",
) -> Response:
    """The page; `new_token` is shown this once."""
    now = context.clock()
    with context.database.reading() as tx:
        user = tx.accounts.by_id(found.user.id) or found.user
        sessions = _sessions(tx, found, now)
        tokens: list[ApiToken] = tx.accounts.tokens(user.id)
        courses = tx.courses.of_user(user.id)
        has_password = tx.accounts.has_password(user.id)
        launched_from = linking.offered(tx, user)
        platforms = linking.platforms_of(tx, user)
    return render(
        request,
        "profile.html",
        status,
        login=found,
        user=user,
        zone=user.time_zone or (courses[0].course.time_zone if courses else "UTC"),
        regions=zones_by_region(),
        sessions=sessions,
        tokens=tokens,
        scopes={scope.value: _(words) for scope, words in SCOPE_WORDS.items()},
        days=TOKEN_DAYS,
        has_password=has_password,
        launched_from=launched_from,
        platforms=platforms,
        mails=context.sends_mail,
        done=done,
        wrong=wrong or Wrong("", "", "", {}),
        new_token=new_token,
        now=now,
    )


SCOPE_WORDS = {
    Scope.SUBMISSIONS_WRITE: gettext_noop("hand in work"),
    Scope.SUBMISSIONS_READ: gettext_noop("read submissions and their results"),
    Scope.SUBMISSIONS_FOR_OTHERS: gettext_noop("hand in work for students, where you are an instructor"),
    Scope.GRADES_READ: gettext_noop("read and export grades, where you are staff"),
    Scope.GRADES_WRITE: gettext_noop("decide what work counts, and regrade, where you are staff"),
    Scope.ROSTER_READ: gettext_noop("read who is in a course, where you are an instructor"),
    Scope.ROSTER_WRITE: gettext_noop("add people and take them out, where you are an instructor"),
    Scope.COURSES_WRITE: gettext_noop("make and change courses and what they ask, where you are an instructor"),
}


def _sessions(tx: Transaction, found: LoginSession, now: datetime) -> list[SessionLine]:
    return [
        SessionLine(each.key, browser_name(each.browser), each.key == found.key, each.created_at, each.last_seen_at)
        for each in tx.accounts.sessions(found.user.id, now)
    ]


def _save(context: Context, user: User, name: str, time_zone: str | None) -> None:
    with context.database.transaction() as tx:
        tx.accounts.set_profile(user.id, name, time_zone)


def _change(context: Context, found: LoginSession, form: FormData, address: str) -> None:
    login.known_by_password(context, found.user.email, form_fields.typed(form, "present"), address)
    hashed = context.passwords.hash(form_fields.new_password(form))
    with context.database.transaction() as tx:
        tx.accounts.set_password(found.user.id, hashed)
        tx.accounts.end_sessions(found.user.id, keep=found.key)
        tx.resets.end_all(found.user.id)
        tx.events.add("password.changed", context.clock(), user_id=found.user.id)
