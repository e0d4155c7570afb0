"""Erases a person, with a line in the audit trail that says that it happened and not to whom."""

from dataclasses import asdict
from datetime import datetime

from submissions.errors import LastInstructor
from submissions.models import Role, User
from submissions.repository.erasure import Erased
from submissions.transaction import Transaction


def erase_person(tx: Transaction, user: User, now: datetime) -> Erased:
    """Take the person out of every table. Raises LastInstructor where a course would be left without one."""
    for enrolled in tx.courses.of_user(user.id):
        instructors = [one for one in tx.courses.people(enrolled.course) if one.role is Role.INSTRUCTOR]
        if [one.user.id for one in instructors] == [user.id]:
            raise LastInstructor
    erased = tx.erasure.erase(user)
    tx.events.add("person.erased", now, detail=asdict(erased))
    return erased
