"""The page of one person of a course: role, work, extensions, and how they get in."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from app.access import Membership, membership
from app.context import Context
from app.errors import NotFound
from app.pages.render import render
from app.people.corrections import may_correct
from app.people.first_passwords import hindrance
from app.people.invitations import Invited
from app.permissions import Action
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.grades import best_of
from submissions.marking import Extension, Grade
from submissions.models import CourseAssignment, LoginSession, Role, User


@dataclass(frozen=True, slots=True)
class Work:
    """What a person handed in for an assignment, and their extension of it."""

    assignment: CourseAssignment
    attempts: int
    grade: Grade | None
    submission_id: str | None
    extension: Extension | None


def person_page(
    request: Request,
    context: Context,
    login: LoginSession,
    course: str,
    person: str,
    *,
    problem: str = "",
    field: str = "",
    typed: Mapping[str, str] | None = None,
    invited: Invited | None = None,
) -> Response:
    """The page, with a `problem` or a new link that sets the first password. Raises NotAllowed or NotFound.

    field, typed: which field of the name and address is wrong, and what was written there.
    """
    with context.database.reading() as tx:
        member, user, role = person_asked(tx, login.user, course, person)
        why = hindrance(tx, user, member.course.id, login.user, context.sends_mail)
        correctable = may_correct(tx, member.course, user, login.user)
        works = [_work(tx, assignment, user) for assignment in tx.courses.assignments(member.course.id)]
    return render(
        request,
        "person.html",
        422 if typed else 409 if problem else 200,
        login=login,
        course=member.course,
        person=user,
        role=role,
        roles=tuple(Role),
        works=works,
        problem=problem,
        field=field,
        typed=typed or {"name": user.name, "email": user.email},
        correctable=correctable,
        invited=invited,
        no_link="" if why is None else why.value,
        sends_mail=context.sends_mail,
        now=context.clock(),
    )


def _work(tx: Transaction, assignment: CourseAssignment, user: User) -> Work:
    attempts = tx.gradings.attempts(assignment.id, user.id)
    best = best_of(attempts)
    shown = best or (attempts[-1] if attempts else None)
    return Work(
        assignment,
        len(attempts),
        best.grade if best else None,
        shown.submission.id if shown else None,
        tx.extensions.get(assignment.id, user.id),
    )


def person_asked(tx: Transaction, login: User, course: str, person: str) -> tuple[Membership, User, Role]:
    """The person in the course and their role, for somebody who manages its people. Raises NotAllowed or NotFound."""
    member = membership(tx, login, course, Action.MANAGE_PEOPLE)
    user = tx.accounts.by_id(person)
    role = tx.courses.role(member.course.id, person)
    if user is None or role is None:
        raise NotFound(_("There is nobody like that in this course."))
    return member, user, role
