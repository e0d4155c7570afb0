"""Who is in a course: people added all at once or not at all, roles changed, people taken out with their work kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from submissions.actors import By
from submissions.errors import AddressUnproved, LastInstructor
from submissions.models import Course, Role, User
from submissions.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Joining:
    """A person to be in a course; the name is used where there is no account with the address yet."""

    name: str
    email: str
    role: Role


def add_people(tx: Transaction, course: Course, people: Sequence[Joining], by: By, now: datetime) -> None:
    """Have everybody in `people` in the course with their role; accounts that are made have no password yet.

    Raises LastInstructor, and AddressUnproved for staff whose address somebody else may have taken.
    """
    had_one = _has_an_instructor(tx, course)
    for one in people:
        user = tx.accounts.by_email(one.email) or tx.accounts.add_user(one.email, one.name, None, now)
        before = tx.courses.role(course.id, user.id)
        if before is one.role:
            continue
        if one.role.is_staff and not tx.accounts.is_confirmed(user.id):
            raise AddressUnproved(user.email)
        tx.courses.enroll(course.id, user.id, one.role)
        _note(tx, "person.added" if before is None else "person.role", course, user, by, now, one.role)
    _keep_an_instructor(tx, course, had_one)


def change_role(tx: Transaction, course: Course, user: User, role: Role, by: By, now: datetime) -> None:
    """Give somebody in the course another role. Raises LastInstructor."""
    if tx.courses.role(course.id, user.id) in (None, role):
        return
    had_one = _has_an_instructor(tx, course)
    tx.courses.enroll(course.id, user.id, role)
    _keep_an_instructor(tx, course, had_one)
    _note(tx, "person.role", course, user, by, now, role)


def remove_person(tx: Transaction, course: Course, user: User, by: By, now: datetime) -> None:
    """Take somebody out of the course; what they handed in stays, and is theirs again if they come back.

    Raises LastInstructor.
    """
    role = tx.courses.role(course.id, user.id)
    if role is None:
        return
    had_one = _has_an_instructor(tx, course)
    tx.courses.unenroll(course.id, user.id)
    _keep_an_instructor(tx, course, had_one)
    _note(tx, "person.removed", course, user, by, now, role)


def _has_an_instructor(tx: Transaction, course: Course) -> bool:
    return any(one.role is Role.INSTRUCTOR for one in tx.courses.people(course))


def _keep_an_instructor(tx: Transaction, course: Course, had_one: bool) -> None:
    """A course that was made on the command line begins without one; it may be filled before it has one."""
    if had_one and not _has_an_instructor(tx, course):
        raise LastInstructor


def _note(tx: Transaction, kind: str, course: Course, user: User, by: By, now: datetime, role: Role) -> None:
    detail = {"by": by.name, "email": user.email, "role": role.value}
    tx.events.add(kind, now, user_id=by.id, course_id=course.id, detail=detail)
