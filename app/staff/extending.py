"""What single students are given beyond what everybody has, as pages and the API both give it and take it back."""

from collections.abc import Mapping
from datetime import datetime

from app.access import Membership
from app.errors import BadForm
from app.staff.asking import local
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.grade_changes import grades_changed
from submissions.marking import Extension
from submissions.models import CourseAssignment

MOST_MORE = 1000  # attempts beyond those of everybody
MOST_CHARACTERS = 1000  # of a reason


def give(
    tx: Transaction,
    member: Membership,
    asked: CourseAssignment,
    student: str,
    due_at: datetime | None,
    more: int,
    reason: str,
    now: datetime,
) -> Extension:
    """Give a student an extension in place of any earlier one; what they have already is nothing new.

    asked: as it is asked of everybody. student: the id of somebody who is a student of the course. Raises BadForm,
    which names the field.
    """
    if due_at is None and not more:
        raise BadForm(_("Give a later due date, further attempts, or both."), "due_at")
    if due_at is not None and asked.due_at is None:
        raise BadForm(
            _("The assignment has no due date, so there is none to move: everybody may hand in whenever they like."),
            "due_at",
        )
    if due_at is not None and asked.due_at is not None and due_at <= asked.due_at:
        raise BadForm(_("This is not later than the due date that everybody has."), "due_at")
    if more and asked.attempts is None:
        raise BadForm(
            _("The assignment has no limit of attempts, so there is none to raise: give a later due date alone."),
            "more_attempts",
        )
    before = tx.extensions.get(asked.id, student)
    if before is not None and (before.due_at, before.more_attempts, before.reason) == (due_at, more, reason):
        return before
    tx.extensions.give(asked.id, student, due_at, more, reason, member.user.id, now)
    detail = {"due_at": local(due_at, member.course.time_zone), "more_attempts": more, "reason": reason}
    _note(tx, member, asked, student, "extension.given", detail, now)
    return Extension(asked.id, student, due_at, more, reason, member.user.name, now)


def take_back(tx: Transaction, member: Membership, asked: CourseAssignment, student: str, now: datetime) -> bool:
    """Have what everybody has hold for a student again; whether there was an extension."""
    was = tx.extensions.take_back(asked.id, student)
    if was:
        _note(tx, member, asked, student, "extension.taken_back", {}, now)
    return was


def _note(
    tx: Transaction,
    member: Membership,
    asked: CourseAssignment,
    student: str,
    kind: str,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    said = {"by": member.user.name, "assignment": asked.slug, "student": student, **detail}
    tx.events.add(kind, now, user_id=member.user.id, course_id=member.course.id, detail=said)
    grades_changed(tx, asked.id, [student], now)
