"""The courses of learning management systems that a course here stands for, and the end of such a connection."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from app.access import Membership, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import NotFound
from app.pages.form_fields import typed
from app.pages.notices import saved
from app.pages.render import render
from app.permissions import Action
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.disconnecting import disconnect
from submissions.lti import LtiContext
from submissions.models import LoginSession
from submissions.repository.lti_endings import Ending

PATH = "/courses/{course}/lms"
SURE = "yes"


@dataclass(frozen=True, slots=True)
class Connection:
    """A course of a platform as the page shows it. assignments: their titles, of the activities that open one."""

    platform: str
    context: LtiContext
    ending: Ending
    assignments: tuple[str, ...]


def make_router() -> APIRouter:
    """GET /courses/{course}/lms, POST .../disconnect."""
    router = APIRouter()
    router.add_api_route(PATH, show, methods=["GET"])
    router.add_api_route(f"{PATH}/disconnect", end, methods=["POST"])
    return router


def show(request: Request, context: Ctx, found: CurrentSession, course: str) -> Response:
    """What is connected, and what would end."""
    with context.database.reading() as tx:
        return _page(request, tx, found, membership(tx, found.user, course, Action.SET_UP_COURSE))


async def end(request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: str) -> Response:
    """Disconnect one course of a platform, for whoever has ticked that they mean it."""
    return await run_in_threadpool(_end, request, context, found, form, course)


def _end(request: Request, context: Context, found: LoginSession, form: FormData, course: str) -> Response:
    with context.database.transaction() as tx:
        member = membership(tx, found.user, course, Action.SET_UP_COURSE)
        known = tx.lti_links.context(typed(form, "platform"), typed(form, "context"))
        if known is None or known.course_id != member.course.id:
            raise NotFound(_("This course is not connected with that one, or no longer."))
        if typed(form, "sure") != SURE:
            return _page(request, tx, found, member, known, 422)
        disconnect(tx, known, found.user, context.clock())
    return saved(f"/courses/{member.course.slug}/lms", "disconnected")


def _page(
    request: Request,
    tx: Transaction,
    found: LoginSession,
    member: Membership,
    unsure: LtiContext | None = None,
    status: int = 200,
) -> Response:
    """unsure: the connection whose end was asked for without a tick."""
    platforms = {one.id: one.name for one in tx.lti_platforms.all()}
    opened = [
        (one.title, link) for one in tx.courses.assignments(member.course.id) for link in tx.lti_links.links_of(one.id)
    ]
    connections = [
        Connection(
            platforms.get(one.platform_id, ""),
            one,
            tx.lti_endings.of_context(one),
            tuple(
                title
                for title, link in opened
                if (link.platform_id, link.context_id) == (one.platform_id, one.context_id)
            ),
        )
        for one in tx.lti_links.contexts_of(member.course.id)
    ]
    return render(
        request,
        "lti_connections.html",
        status,
        login=found,
        course=member.course,
        connections=connections,
        unsure=unsure,
        sure=SURE,
    )
