"""Invitations into a course on the page of its people: one by mail or a link to pass on, and one taken back."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, NotFound
from app.pages.form_fields import email, optional_text, typed
from app.pages.roster.people_page import Asked, Made, people_page
from app.people.invitations import Inviter
from app.permissions import Action
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.invitations import withdraw_invitation
from submissions.models import Course, LoginSession, Role

MOST_OPEN = 500
"""Invitations that a course may have open at a time; a class is better added as a list."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom an invitation is for: a role, and the only address that may use it, None for whoever has the link."""

    role: Role
    email: str | None


def make_router() -> APIRouter:
    """/courses/{course}/people/invitations and what belongs to it."""
    router = APIRouter()
    path = "/courses/{course}/people/invitations"
    router.add_api_route(path, invite, methods=["POST"])
    router.add_api_route(f"{path}/{{invitation}}/withdraw", withdraw, methods=["POST"])
    return router


async def invite(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Invite an address, or make a link; the page then shows the link, this once."""
    try:
        made = await run_in_threadpool(_invite, context, login, form, course)
    except BadForm as error:
        asked = Asked(typed(form, "email"), typed(form, "role"), error.sentence, error.field or "")
        return await run_in_threadpool(people_page, request, context, login, course, asked=asked)
    return await run_in_threadpool(people_page, request, context, login, course, made=made)


async def withdraw(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, invitation: str
) -> Response:
    """Take an invitation back: its link opens nothing any more."""
    await run_in_threadpool(_withdraw, context, login, course, invitation)
    return RedirectResponse(f"/courses/{course}/people#invitations", 303)


def _invite(context: Context, login: LoginSession, form: FormData, course: str) -> Made:
    now = context.clock()
    with context.database.transaction() as tx:
        member = membership(tx, login.user, course, Action.MANAGE_PEOPLE)
        wanted = _wanted(form)
        if len(tx.invitations.open_of(member.course.id, now)) >= MOST_OPEN:
            raise BadForm(
                _("{most} invitations are open. Withdraw some, or add people as a list.", most=MOST_OPEN), "email"
            )
        if wanted.email is not None:
            _refuse_members(tx, member.course, wanted.email)
        inviter = Inviter(context.settings.public_origin, context.sends_mail)
        invited = inviter.invite(tx, member.course, wanted.role, wanted.email, login.user.id, now)
    return Made(invited.invitation, invited.link)


def _wanted(form: FormData) -> Wanted:
    role = optional_text(form, "role")
    if role not in tuple(Role):
        raise BadForm(_("Choose a role."), "role")
    return Wanted(Role(role), email(form) if optional_text(form, "email", 1000) else None)


def _refuse_members(tx: Transaction, course: Course, address: str) -> None:
    known = tx.accounts.by_email(address)
    if known is not None and tx.courses.role(course.id, known.id) is not None:
        if not tx.ways_in.of(known.id):
            raise BadForm(
                _(
                    "{name} is in this course already, without a password yet: make a sign-in link on their page.",
                    name=known.name,
                ),
                "email",
            )
        raise BadForm(_("{name} is in this course already.", name=known.name), "email")


def _withdraw(context: Context, login: LoginSession, course: str, invitation_id: str) -> None:
    with context.database.transaction() as tx:
        member = membership(tx, login.user, course, Action.MANAGE_PEOPLE)
        invitation = tx.invitations.by_id(invitation_id)
        if invitation is None or invitation.course_id != member.course.id:
            raise NotFound(_("This course has no such invitation."))
        withdraw_invitation(tx, invitation, login.user, context.clock())
