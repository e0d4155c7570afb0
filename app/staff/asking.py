"""What a course asks, as pages, the API and commands change it: rules checked, the audit written, scores owed anew."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from app.access import Membership
from app.errors import BadForm
from grader.translation import gettext as _
from submissions.actors import By
from submissions.database import Transaction
from submissions.grade_changes import grades_changed
from submissions.lateness import Late
from submissions.models import Course, CourseAssignment

MOST_DAYS = 365  # of grace, and of asking about a result
MOST_POINTS = 10_000.0
MOST_ATTEMPTS = 10_000
MOST_PER_DAY = 24  # attempts that come back: one an hour

WAS = "was_"
"""Before the name of a field in the audit: what it was before it was changed."""


def checked(asked: CourseAssignment) -> CourseAssignment:
    """`asked`, if its rules fit together. Raises BadForm, which names the field."""
    late, due_at = asked.late, asked.due_at
    if asked.opens_at is not None and due_at is not None and due_at <= asked.opens_at:
        raise BadForm(_("It is due before it opens. Choose a later due date, or let it open earlier."), "due_at")
    if asked.refill_per_day is not None and asked.attempts is None:
        raise BadForm(_("Attempts come back only where their number has a limit: say how many there are."), "attempts")
    if late.kind is Late.CLOSED:
        return asked
    if due_at is None:
        raise BadForm(
            _("Work can only be late where there is a due date: give one, or let nothing be taken late."), "due_at"
        )
    if late.closes_at is not None and late.closes_at < due_at:
        raise BadForm(_("The last moment at which late work is taken must not be before the due date."), "closes_at")
    if late.kind is Late.PENALTY and not late.percent_per_day:
        raise BadForm(_("Say how many percent each late day costs."), "late_percent")
    return asked


def ask(tx: Transaction, course: Course, by: By, asked: CourseAssignment, now: datetime) -> CourseAssignment:
    """Ask for an assignment that the course does not ask yet. Raises BadForm or SlugTaken."""
    checked(asked)
    added = tx.courses.add_assignment(
        course.id,
        asked.slug,
        asked.title,
        asked.points,
        asked.opens_at,
        asked.due_at,
        asked.attempts,
        refill_per_day=asked.refill_per_day,
        late=asked.late,
        visible=asked.visible,
        newest_only=asked.newest_only,
        question_days=asked.question_days,
    )
    _note(tx, course, by, "assignment.added", added, now)
    return added


def change_asked(
    tx: Transaction, member: Membership, before: CourseAssignment, after: CourseAssignment, now: datetime
) -> None:
    """Ask `before` as `after` from now on; what is owed to others is owed anew. Raises BadForm."""
    if checked(after) == before:
        return
    tx.courses.change_assignment(after)
    _note(tx, member.course, member.user, "assignment.changed", after, now, before)
    learners = [attempt.submission.user_id for attempt in tx.gradings.attempts(after.id)]
    grades_changed(tx, after.id, learners, now)


def stop_asking(tx: Transaction, member: Membership, asked: CourseAssignment, now: datetime) -> None:
    """No longer ask for an assignment. Raises AlreadyUsed where something was handed in for it."""
    tx.courses.remove_assignment(asked)
    _note(tx, member.course, member.user, "assignment.removed", asked, now)


def written(asked: CourseAssignment, time_zone: str) -> Mapping[str, str]:
    """An assignment as the fields of a form and the audit show it."""
    late = asked.late
    return {
        "slug": asked.slug,
        "title": asked.title,
        "points": f"{asked.points:g}",
        "opens_at": local(asked.opens_at, time_zone),
        "due_at": local(asked.due_at, time_zone),
        "attempts": _optional(asked.attempts),
        "refill_per_day": _optional(asked.refill_per_day),
        "late": late.kind.value,
        "late_percent": f"{late.percent_per_day:g}" if late.kind is Late.PENALTY else "",
        "grace_days": _optional(late.grace_days) if late.kind is Late.PENALTY else "",
        "closes_at": local(late.closes_at, time_zone),
        "visible": "yes" if asked.visible else "",
        "newest_only": "yes" if asked.newest_only else "",
        "question_days": _optional(asked.question_days),
    }


def local(moment: datetime | None, time_zone: str) -> str:
    """A moment as a field for date and time wants it, on the clock of the zone; empty for None."""
    return "" if moment is None else f"{moment.astimezone(ZoneInfo(time_zone)):%Y-%m-%dT%H:%M}"


def _note(
    tx: Transaction,
    course: Course,
    by: By,
    kind: str,
    asked: CourseAssignment,
    now: datetime,
    before: CourseAssignment | None = None,
) -> None:
    says = written(asked, course.time_zone)
    said = written(before or asked, course.time_zone)
    was = {WAS + name: value for name, value in said.items() if value != says[name]}
    detail = {"by": by.name, "assignment": asked.slug, **says, **was}
    tx.events.add(kind, now, user_id=by.id, course_id=course.id, detail=detail)


def _optional(value: int | None) -> str:
    return "" if value is None else str(value)
