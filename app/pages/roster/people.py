"""Who is in a course: the list, people added by CSV after a look at what it would do, roles, and people taken out."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages.form_fields import optional_text
from app.pages.notices import saved
from app.pages.roster.people_page import people_page
from app.pages.roster.people_preview import preview_page, sent_list
from app.pages.roster.person_page import person_asked, person_page
from app.people.first_passwords import mail_newcomers
from app.people.invitations import Inviter
from app.people.roster_csv import read_roster
from app.permissions import Action
from grader.translation import gettext as _
from submissions.errors import AddressUnproved, LastInstructor
from submissions.models import Role, User
from submissions.roster import Joining, add_people, change_role, remove_person


def make_router() -> APIRouter:
    """/courses/{course}/people and what belongs to it."""
    router = APIRouter()
    people = "/courses/{course}/people"
    router.add_api_route(people, show, methods=["GET"])
    router.add_api_route(f"{people}/preview", preview, methods=["POST"])
    router.add_api_route(f"{people}/add", add, methods=["POST"])
    for form in ("preview", "add"):
        router.add_api_route(f"{people}/{form}", back_to_people, methods=["GET"])
    router.add_api_route(f"{people}/{{person}}", show_person, methods=["GET"])
    router.add_api_route(f"{people}/{{person}}/role", give_role, methods=["POST"])
    router.add_api_route(f"{people}/{{person}}/remove", remove, methods=["POST"])
    return router


def show(request: Request, context: Ctx, login: CurrentSession, course: str, q: str = "") -> Response:
    """Everybody in the course, or who is found by `q`; open invitations, and the forms that add people."""
    return people_page(request, context, login, course, search=q)


async def preview(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """What a list would do, line by line; nothing is done."""
    sent = await sent_list(form)
    return await run_in_threadpool(preview_page, request, context, login, course, sent)


async def add(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Do what the list says, whole; with a problem in it the preview is shown again and nothing is done."""
    sent = await sent_list(form)
    if sent.problem or read_roster(sent.text).problems:
        return await run_in_threadpool(preview_page, request, context, login, course, sent)
    try:
        await run_in_threadpool(_add, context, login.user, course, sent.text)
    except (LastInstructor, AddressUnproved) as error:
        refused = replace(sent, problem=error.sentence)
        return await run_in_threadpool(preview_page, request, context, login, course, refused, status=409)
    return RedirectResponse(f"/courses/{course}/people", 303)


def back_to_people(course: str) -> Response:
    """The address of a form opened by hand, or after a sign-in that had ended: back to the page that it stands on."""
    return RedirectResponse(f"/courses/{course}/people#add-title", 303)


def show_person(request: Request, context: Ctx, login: CurrentSession, course: str, person: str) -> Response:
    """One person: role, work, extensions."""
    return person_page(request, context, login, course, person)


async def give_role(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, person: str
) -> Response:
    """Change the role of a person."""
    try:
        await run_in_threadpool(_give_role, context, login.user, course, person, form)
    except LastInstructor as error:
        return await run_in_threadpool(person_page, request, context, login, course, person, problem=error.sentence)
    return saved(f"/courses/{course}/people", "saved")


async def remove(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, person: str
) -> Response:
    """Take a person out of the course."""
    try:
        await run_in_threadpool(_remove, context, login.user, course, person)
    except LastInstructor as error:
        return await run_in_threadpool(person_page, request, context, login, course, person, problem=error.sentence)
    return saved(f"/courses/{course}/people", "left")


def _add(context: Context, login: User, course: str, text: str) -> None:
    people = [Joining(one.name, one.email, one.role) for one in read_roster(text).people]
    with context.database.transaction() as tx:
        member = membership(tx, login, course, Action.MANAGE_PEOPLE)
        now = context.clock()
        joined = add_people(tx, member.course, people, login, now)
        mail_newcomers(
            tx, Inviter(context.settings.public_origin, context.sends_mail), member.course, joined, login, now
        )


def _give_role(context: Context, login: User, course: str, person: str, form: FormData) -> None:
    with context.database.transaction() as tx:
        member, user, _role = person_asked(tx, login, course, person)
        said = optional_text(form, "role")
        if said not in tuple(Role):
            raise BadForm(_("Choose a role."), "role")
        change_role(tx, member.course, user, Role(said), login, context.clock())


def _remove(context: Context, login: User, course: str, person: str) -> None:
    with context.database.transaction() as tx:
        member, user, _role = person_asked(tx, login, course, person)
        remove_person(tx, member.course, user, login, context.clock())
