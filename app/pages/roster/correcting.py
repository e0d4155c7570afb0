"""The name and the address of somebody who has never signed in, put right by staff on the person's page."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages import form_fields
from app.pages.notices import saved
from app.pages.roster.person_page import person_asked, person_page
from app.people.corrections import correct, may_correct
from grader.translation import gettext as _
from submissions.errors import EmailTaken
from submissions.models import User


def make_router() -> APIRouter:
    """/courses/{course}/people/{person}/correct."""
    router = APIRouter()
    router.add_api_route("/courses/{course}/people/{person}/correct", change, methods=["POST"])
    return router


async def change(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, person: str
) -> Response:
    """Write down another name or address; a refusal shows the page again with what was typed."""
    try:
        await run_in_threadpool(_correct, context, login.user, course, person, form)
    except (BadForm, EmailTaken) as error:
        typed = {name: form_fields.typed(form, name) for name in ("name", "email")}
        field = error.field if isinstance(error, BadForm) else "email"
        return await run_in_threadpool(
            person_page,
            request,
            context,
            login,
            course,
            person,
            problem=error.sentence,
            field=field or "",
            typed=typed,
        )
    return saved(f"/courses/{course}/people/{person}", "saved")


def _correct(context: Context, login: User, course: str, person: str, form: FormData) -> None:
    with context.database.transaction() as tx:
        member, user, _role = person_asked(tx, login, course, person)
        if not may_correct(tx, member.course, user, login):
            raise BadForm(_("{name} has signed in meanwhile, or is not for you alone to change.", name=user.name))
        name = form_fields.line(form, "name", _("The person needs a name."))
        correct(tx, user, name, form_fields.email(form), login, context.clock(), member.course)
