"""A wrong name or address put right: by staff while nobody has signed in, by whoever runs the service at any time.

An account that nobody has opened is what staff wrote down. With the address changes who can open it, so links that were
made or mailed for the old one end; and staff change it only where all of its courses are theirs, as in first_passwords.
"""

from datetime import datetime

from app.people.first_passwords import hindrance
from submissions.actors import By
from submissions.database import Transaction
from submissions.models import Course, User
from submissions.repository.erasure import CORRECTED


def may_correct(tx: Transaction, course: Course, user: User, by: User) -> bool:
    """Whether `by`, who manages the people of `course`, may write down another name or address for `user`."""
    return hindrance(tx, user, course.id, by, mailed=False) is None


def correct(tx: Transaction, user: User, name: str, email: str, by: By, now: datetime, course: Course | None) -> User:
    """`user` with this name and address from now on. course: where it is written down. Raises EmailTaken."""
    corrected = tx.accounts.correct(user, name, email)
    if corrected == user:
        return user
    if corrected.email != user.email:
        for enrolled in tx.courses.of_user(user.id):
            tx.invitations.follow(enrolled.course.id, user.email, None)
        tx.resets.end_all(user.id)
    # Known by the id: an address that is gone names nobody, and whoever is erased is found by it.
    detail = {"by": by.name, "email": user.id}
    for field, was, becomes in (("name", user.name, corrected.name), ("address", user.email, corrected.email)):
        if was != becomes:
            detail |= {f"was_{field}": was, field: becomes}
    tx.events.add(CORRECTED, now, user_id=by.id, course_id=course.id if course else None, detail=detail)
    return corrected
