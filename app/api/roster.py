"""Who is in a course: listed, added one by one or as CSV, given another role, taken out."""

import csv
import io
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import ConfigDict
from pydantic.config import JsonDict

from app.access import Membership, membership
from app.api.callers import in_course
from app.api.course_schema import Sent
from app.api.documentation import CHANGED, IF_MATCH, LOCATION, PAGED, TAGGED, problems
from app.api.etags import answer, as_read, tagged
from app.api.fields import Address, PersonName
from app.api.idempotency import IdempotencyKey, Made, once
from app.api.paging import AskedPage
from app.api.schemas import Schema
from app.context import Context
from app.dependencies import Ctx, TokenUser
from app.errors import BadForm, NotFound, UnsupportedBody
from app.field_rules import on_one_line
from app.gradebooks.cells import text
from app.people.first_passwords import mail_newcomers
from app.people.invitations import Inviter
from app.people.roster_csv import read_roster
from app.permissions import Action
from app.security.tokens import Scope
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Enrollment, Role, User
from submissions.roster import Joining, add_people, change_role, remove_person

router = APIRouter(tags=["roster"])

Reader = Annotated[TokenUser, Depends(in_course(Action.MANAGE_PEOPLE, Scope.ROSTER_READ))]
Writer = Annotated[TokenUser, Depends(in_course(Action.MANAGE_PEOPLE, Scope.ROSTER_WRITE))]

ALL = "/courses/{course}/roster"
ONE = "/courses/{course}/roster/{user_id}"
CSV_TYPE = "text/csv"

PERSON_EXAMPLE: JsonDict = {
    "user_id": "5c1f0f8e2b7a4d52b0f4a9c3d1e8f7a6",
    "name": "Ada Novak",
    "email": "ada@demo.example",
    "role": "student",
}
NEW_PERSON_EXAMPLE: JsonDict = {name: PERSON_EXAMPLE[name] for name in ("name", "email", "role")}
CSV_EXAMPLE = "name,email,role\nAda Novak,ada@demo.example,student\n"
CSV_BODY = {
    "requestBody": {"required": True, "content": {CSV_TYPE: {"schema": {"type": "string"}, "example": CSV_EXAMPLE}}}
}


class PersonOut(Schema):
    """A person in a course."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [PERSON_EXAMPLE]})

    user_id: str
    name: str
    email: str
    role: Role

    @classmethod
    def of(cls, one: Enrollment) -> "PersonOut":
        """The person with their role."""
        return cls(user_id=one.user.id, name=one.user.name, email=one.user.email, role=one.role)


class PeopleOut(Schema):
    """Some people, by name. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"items": [PERSON_EXAMPLE], "next": None}]})

    items: list[PersonOut]
    next: str | None


class PersonIn(Sent):
    """A person to be in the course. The name is used where there is no account with the address yet."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [NEW_PERSON_EXAMPLE]})

    name: PersonName
    email: Address
    role: Role = Role.STUDENT


class RoleIn(Sent):
    """What a person should be in the course."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [{"role": "assistant"}]})

    role: Role


class AddedOut(Schema):
    """What a list did. `people`: how many it names. `left_out`: the heads of columns of which nothing was taken."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"people": 1, "left_out": ["Section"]}]})

    people: int
    left_out: list[str]


@router.get(
    ALL,
    operation_id="listRoster",
    response_model=PeopleOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def list_roster(request: Request, context: Ctx, caller: Reader, course: str, which: AskedPage) -> Response:
    """Everybody in the course, by name."""
    with context.database.reading() as tx:
        people = tx.courses.people(membership(tx, caller.user, course, Action.MANAGE_PEOPLE).course)
    page = which.of(people, lambda one: f"{one.user.name.lower()}\n{one.user.id}")
    body = PeopleOut(items=[PersonOut.of(one) for one in page.items], next=page.following)
    return tagged(request, answer(body, headers=page.links))


@router.post(
    ALL,
    operation_id="addPerson",
    status_code=201,
    response_model=PersonOut,
    responses={201: {"headers": LOCATION}, **problems(400, 401, 403, 404, 409, 413, 422, 429)},
)
def add_person(
    request: Request,
    context: Ctx,
    caller: Writer,
    course: str,
    body: PersonIn,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Have somebody in the course with this role, with a new account where the address has none."""
    with context.database.transaction() as tx:
        member = membership(tx, caller.user, course, Action.MANAGE_PEOPLE)

        def make() -> Made:
            _add(tx, context, member, caller.user, [Joining(body.name, body.email, body.role)])
            user = tx.accounts.by_email(body.email)
            assert user is not None  # noqa: S101  # they have just been added
            person = PersonOut.of(Enrollment(member.course, user, body.role))
            return 201, f"/api/v1/courses/{member.course.slug}/roster/{user.id}", person

        asked = body.model_dump_json().encode()
        return once(tx, request, caller, idempotency_key, asked, context.clock, make)


async def csv_text(request: Request, _caller: Writer) -> str:
    """The list in the body, read only once the token is known to be good. Raises UnsupportedBody or BadForm."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CSV_TYPE:
        raise UnsupportedBody(_("Send the list as {kind}.", kind=CSV_TYPE))
    try:
        return (await request.body()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadForm(_("The list is not UTF-8 text. Save it as UTF-8 and send it again.")) from error


@router.post(
    f"{ALL}/csv",
    operation_id="addPeople",
    response_model=AddedOut,
    responses=problems(401, 403, 404, 409, 413, 415, 422, 429),
    openapi_extra=CSV_BODY,
)
def add_list(
    request: Request,
    context: Ctx,
    caller: Writer,
    course: str,
    listed: Annotated[str, Depends(csv_text)],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Do what a list says, whole or not at all: a line a person with name, e-mail and role (student without one)."""
    found = read_roster(listed)
    if found.problems:
        told = (_("line {line}: {sentence}", line=one.line, sentence=one.sentence) for one in found.problems[:20])
        raise BadForm("; ".join(told))
    people = [Joining(one.name, one.email, one.role) for one in found.people]
    with context.database.transaction() as tx:
        member = membership(tx, caller.user, course, Action.MANAGE_PEOPLE)

        def make() -> Made:
            _add(tx, context, member, caller.user, people)
            return (
                200,
                f"/api/v1/courses/{member.course.slug}/roster",
                AddedOut(people=len(people), left_out=list(found.left_out)),
            )

        return once(tx, request, caller, idempotency_key, listed.encode(), context.clock, make)


@router.get(
    f"{ALL}/csv",
    operation_id="getRosterCsv",
    response_class=Response,
    responses={
        200: {"content": {CSV_TYPE: {"schema": {"type": "string"}, "example": CSV_EXAMPLE}}, "description": "The list"},
        **problems(401, 403, 404, 422, 429),
    },
)
def get_csv(context: Ctx, caller: Reader, course: str) -> Response:
    """Everybody in the course as CSV, in the form that the same address takes."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course, Action.MANAGE_PEOPLE)
        people = tx.courses.people(member.course)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("name", "email", "role"))
    writer.writerows((text(on_one_line(one.user.name)), text(one.user.email), one.role.value) for one in people)
    headers = {"Content-Disposition": f'attachment; filename="{member.course.slug}-roster.csv"'}
    return Response(out.getvalue(), media_type=f"{CSV_TYPE}; charset=utf-8", headers=headers)


@router.get(
    ONE,
    operation_id="getPerson",
    response_model=PersonOut,
    responses={**TAGGED, **problems(401, 403, 404, 422, 429)},
)
def get_person(request: Request, context: Ctx, caller: Reader, course: str, user_id: str) -> Response:
    """A person of the course."""
    with context.database.reading() as tx:
        member, user, role = _person(tx, caller.user, course, user_id)
    return tagged(request, answer(PersonOut.of(Enrollment(member.course, user, role))))


@router.put(
    ONE,
    operation_id="setRole",
    response_model=PersonOut,
    responses={**CHANGED, **problems(400, 401, 403, 404, 409, 412, 413, 422, 429)},
    openapi_extra=IF_MATCH,
)
def set_role(request: Request, context: Ctx, caller: Writer, course: str, user_id: str, body: RoleIn) -> Response:
    """Give a person of the course another role; a course keeps an instructor."""
    with context.database.transaction() as tx:
        member, user, role = _person(tx, caller.user, course, user_id)
        as_read(request, PersonOut.of(Enrollment(member.course, user, role)))
        change_role(tx, member.course, user, body.role, caller.user, context.clock())
    return tagged(request, answer(PersonOut.of(Enrollment(member.course, user, body.role))))


@router.delete(
    ONE,
    operation_id="removePerson",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 404, 409, 412, 422, 429),
    openapi_extra=IF_MATCH,
)
def remove(request: Request, context: Ctx, caller: Writer, course: str, user_id: str) -> Response:
    """Take a person out of the course; their work stays, and is theirs again if they come back."""
    with context.database.transaction() as tx:
        member, user, role = _person(tx, caller.user, course, user_id)
        as_read(request, PersonOut.of(Enrollment(member.course, user, role)))
        remove_person(tx, member.course, user, caller.user, context.clock())
    return Response(status_code=204)


def _add(tx: Transaction, context: Context, member: Membership, by: User, people: Sequence[Joining]) -> None:
    """Where mail is sent, whoever joins without a way to sign in is mailed one."""
    now = context.clock()
    joined = add_people(tx, member.course, people, by, now)
    mail_newcomers(tx, Inviter(context.settings.public_origin, context.sends_mail), member.course, joined, by, now)


def _person(tx: Transaction, by: User, course: str, user_id: str) -> tuple[Membership, User, Role]:
    member = membership(tx, by, course, Action.MANAGE_PEOPLE)
    user, role = tx.accounts.by_id(user_id), tx.courses.role(member.course.id, user_id)
    if user is None or role is None:
        raise NotFound(_("There is nobody like that in this course."))
    return member, user, role
