"""Links with which people whom staff added set their first password: for one person, or for everybody without one."""

import csv
import io
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.access import membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.field_rules import on_one_line
from app.gradebooks.cells import text
from app.pages.roster.person_page import person_asked, person_page
from app.people.first_passwords import sign_in_link
from app.people.invitations import Invited, Inviter
from app.permissions import Action
from grader.translation import gettext as _
from submissions.models import Course, User

Made = tuple[User, Invited]


def make_router() -> APIRouter:
    """/courses/{course}/people/sign-in-links and the link of one person."""
    router = APIRouter()
    people = "/courses/{course}/people"
    router.add_api_route(f"{people}/sign-in-links", for_all, methods=["POST"])
    router.add_api_route(f"{people}/{{person}}/sign-in-link", for_one, methods=["POST"])
    return router


async def for_one(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, person: str
) -> Response:
    """Make or mail a link for a person; the page then shows it, this once, or says why there is none."""
    invited = await run_in_threadpool(_for_one, context, login.user, course, person)
    problem = "" if invited else _("No link was made. Why, and who can help, stands under “Sign-in”.")
    return await run_in_threadpool(
        person_page, request, context, login, course, person, problem=problem, invited=invited
    )


async def for_all(context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Mail a link to everybody without a way in, or where no mail is sent, give the links as a file."""
    found, made = await run_in_threadpool(_for_all, context, login.user, course)
    if context.sends_mail or not made:
        return RedirectResponse(f"/courses/{found.slug}/people", 303)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.slug}-sign-in-links.csv"',
        "Cache-Control": "no-store",
    }
    return Response(_file(made), media_type="text/csv; charset=utf-8", headers=headers)


def _for_one(context: Context, by: User, course: str, person: str) -> Invited | None:
    with context.database.transaction() as tx:
        member, user, _role = person_asked(tx, by, course, person)
        return sign_in_link(tx, _inviter(context), member.course, user, by, context.clock())


def _for_all(context: Context, by: User, course: str) -> tuple[Course, list[Made]]:
    now, inviter = context.clock(), _inviter(context)
    with context.database.transaction() as tx:
        member = membership(tx, by, course, Action.MANAGE_PEOPLE)
        without = tx.ways_in.without(member.course.id)
        people = [one.user for one in tx.courses.people(member.course) if one.user.id in without]
        made = [(user, sign_in_link(tx, inviter, member.course, user, by, now)) for user in people]
    return member.course, [(user, invited) for user, invited in made if invited is not None]


def _inviter(context: Context) -> Inviter:
    return Inviter(context.settings.public_origin, context.sends_mail)


def _file(made: Sequence[Made]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((_("name"), _("e-mail"), _("link")))
    writer.writerows((text(on_one_line(user.name)), text(user.email), invited.link) for user, invited in made)
    return out.getvalue()
