"""Who is in a course: people added all at once or not at all, roles changed, people taken out with their work kept.

An LMS that is connected adds people and changes roles too, one after the other.
"""

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


def add_people(tx: Transaction, course: Course, people: Sequence[Joining], by: By, now: datetime) -> list[User]:
    """Have everybody in `people` in the course with their role, and return who was not in it before.

    Accounts that are made have no password yet.

    Raises LastInstructor, and AddressUnproved for staff whose address somebody else may have taken.
    """
    instructors = _instructors(tx, course)
    joined = []
    for one in people:
        user = tx.accounts.by_email(one.email) or tx.accounts.add_user(one.email, one.name, None, now)
        before = tx.courses.role(course.id, user.id)
        if before is one.role:
            continue
        if one.role.is_staff and not tx.accounts.is_confirmed(user.id):
            raise AddressUnproved(user.email)
        _enroll(tx, course, user, one.role)
        if before is None:
            joined.append(user)
        _note(tx, "person.added" if before is None else "person.role", course, user, by, now, one.role)
    _keep_an_instructor(tx, course, instructors)
    return joined


def change_role(tx: Transaction, course: Course, user: User, role: Role, by: By, now: datetime) -> None:
    """Give somebody in the course another role. Raises LastInstructor."""
    if tx.courses.role(course.id, user.id) in (None, role):
        return
    instructors = _instructors(tx, course)
    _enroll(tx, course, user, role)
    _keep_an_instructor(tx, course, instructors)
    _note(tx, "person.role", course, user, by, now, role)


def follow_platform(
    tx: Transaction, course: Course, user: User, role: Role, platform_id: str, by: User, now: datetime
) -> Role:
    """Have somebody in the course with the role that an LMS gives them, and return the role that they have then.

    The last instructor stays one: a launch must go on, and the course keeps an instructor.
    """
    before = tx.courses.role(course.id, user.id)
    if before is role or (before is Role.INSTRUCTOR and _instructors(tx, course) == 1):
        return before
    tx.courses.enroll(course.id, user.id, role)
    kind = "person.added" if before is None else "person.role"
    _note(tx, kind, course, user, by, now, role, platform=platform_id)
    return role


def remove_person(tx: Transaction, course: Course, user: User, by: By, now: datetime) -> None:
    """Take somebody out of the course; what they handed in stays, and is theirs again if they come back.

    Raises LastInstructor.
    """
    role = tx.courses.role(course.id, user.id)
    if role is None:
        return
    instructors = _instructors(tx, course)
    tx.courses.unenroll(course.id, user.id)
    tx.invitations.follow(course.id, user.email, None)
    _keep_an_instructor(tx, course, instructors)
    _note(tx, "person.removed", course, user, by, now, role)


def _enroll(tx: Transaction, course: Course, user: User, role: Role) -> None:
    """A link that they have not used yet gives the same role, and not the one they had when it was made."""
    tx.courses.enroll(course.id, user.id, role)
    tx.invitations.follow(course.id, user.email, role)


def _keep_an_instructor(tx: Transaction, course: Course, before: int) -> None:
    """before: how many there were. A course made on the command line begins without one, and is filled in any order."""
    if before and not _instructors(tx, course):
        raise LastInstructor


def _instructors(tx: Transaction, course: Course) -> int:
    return sum(one.role is Role.INSTRUCTOR for one in tx.courses.people(course))


def _note(
    tx: Transaction, kind: str, course: Course, user: User, by: By, now: datetime, role: Role, **more: str
) -> None:
    detail = {"by": by.name, "email": user.email, "role": role.value, **more}
    tx.events.add(kind, now, user_id=by.id, course_id=course.id, detail=detail)
