"""A course's webhooks: their addresses, what was sent to them, and what never arrived."""

from collections.abc import Mapping
from ipaddress import ip_address
from types import MappingProxyType
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import Membership, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, NotFound
from app.outgoing import is_public
from app.pages.render import render
from app.permissions import Action
from app.webhooks.signature import new_secret
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.database import Transaction
from submissions.models import LoginSession

MOST_WEBHOOKS = 10
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "grading.done": gettext_noop("graded"),
        "override.set": gettext_noop("decided by staff"),
        "override.withdrawn": gettext_noop("a decision taken back"),
        "regrade.applied": gettext_noop("a regrade applied"),
        "regrade.undone": gettext_noop("a regrade undone"),
    }
)
"""What a message tells, by its type."""
URL_CHARACTERS = 2000


def make_router() -> APIRouter:
    """The page, and adding, removing and sending again."""
    router = APIRouter()
    path = "/courses/{course}/webhooks"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(path, add, methods=["POST"])
    router.add_api_route(path + "/{webhook}/remove", remove, methods=["POST"])
    router.add_api_route(path + "/{webhook}/deliveries/{delivery}/again", again, methods=["POST"])
    return router


def show(request: Request, context: Ctx, found: CurrentSession, course: str) -> Response:
    """The addresses and their newest messages."""
    with context.database.reading() as tx:
        return _page(request, tx, found, _member(tx, found, course), context)


async def add(request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: str) -> Response:
    """A new address; its secret is shown once."""
    return await run_in_threadpool(_add, request, context, found, form, course)


async def remove(
    request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: str, webhook: str
) -> Response:
    """Tell an address nothing more."""
    return await run_in_threadpool(_change, context, found, course, webhook, None)


async def again(
    request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: str, webhook: str, delivery: str
) -> Response:
    """Send a message once more."""
    return await run_in_threadpool(_change, context, found, course, webhook, delivery)


def _add(request: Request, context: Context, found: LoginSession, form: FormData, course: str) -> Response:
    url = str(form.get("url") or "").strip()
    with context.database.transaction() as tx:
        member = _member(tx, found, course)
        try:
            _check(context, tx, member, url)
        except BadForm as error:
            return _page(request, tx, found, member, context, problem=error.sentence, url=url, status=422)
        secret, now = new_secret(), context.clock()
        webhook = tx.webhooks.add(member.course.id, url, secret, now)
        detail = {"webhook": webhook.id, "url": url}
        tx.events.add("webhook.added", now, user_id=found.user.id, course_id=member.course.id, detail=detail)
        return _page(request, tx, found, member, context, made=(url, secret))


def _change(context: Context, found: LoginSession, course: str, webhook: str, delivery: str | None) -> Response:
    with context.database.transaction() as tx:
        member = _member(tx, found, course)
        known = tx.webhooks.by_id(webhook)
        if known is None or known.course_id != member.course.id:
            raise NotFound(_("This course has no such webhook."))
        if delivery is None:
            tx.webhooks.remove(webhook)
            now, detail = context.clock(), {"webhook": webhook, "url": known.url}
            tx.events.add("webhook.removed", now, user_id=found.user.id, course_id=known.course_id, detail=detail)
        else:
            tx.webhooks.again(webhook, delivery, context.clock())
    return RedirectResponse(f"/courses/{member.course.slug}/webhooks", 303)


def _check(context: Context, tx: Transaction, member: Membership, url: str) -> None:
    allowed = ("https://", "http://") if context.settings.private_platforms else ("https://",)
    if not url.startswith(allowed) or len(url) > URL_CHARACTERS or not url.isprintable() or " " in url:
        raise BadForm(_("Write the whole address, beginning with https://."), "url")
    _reachable(context, url)
    if len(tx.webhooks.of_course(member.course.id)) >= MOST_WEBHOOKS:
        raise BadForm(_("A course has at most {most} webhooks.", most=MOST_WEBHOOKS), "url")


def _reachable(context: Context, url: str) -> None:
    """Refuse at once what no message could ever be sent to, or what would tell a password to all who read the page.

    A name is looked up at each delivery: where it leads may change. Raises BadForm.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadForm(_("This is no address: {error}.", error=error), "url") from error
    if "@" in parts.netloc:
        raise BadForm(
            _(
                "Leave the name and the password out of the address: everybody who may see this page would read them. "
                "Each message is signed with a secret instead."
            ),
            "url",
        )
    if not host:
        raise BadForm(_("Write the whole address, beginning with https://."), "url")
    try:
        ip_address(host)
    except ValueError:
        return
    if not (is_public(host) or context.settings.private_platforms):
        raise BadForm(_("{host} is an address in a private network, where nothing is sent.", host=host), "url")


def _member(tx: Transaction, found: LoginSession, course: str) -> Membership:
    return membership(tx, found.user, course, Action.EXPORT_GRADES)


def _page(
    request: Request,
    tx: Transaction,
    found: LoginSession,
    member: Membership,
    context: Context,
    made: tuple[str, str] | None = None,
    problem: str = "",
    url: str = "",
    status: int = 200,
) -> Response:
    hooks = tx.webhooks.of_course(member.course.id)
    return render(
        request,
        "webhooks.html",
        status,
        login=found,
        course=member.course,
        words={kind: _(words) for kind, words in WORDS.items()},
        hooks=[(hook, tx.webhooks.recent(hook.id)) for hook in hooks],
        made=made,
        problem=problem,
        url=url,
        now=context.clock(),
    )
