"""A course copied to the next term: what it asks, with the dates moved by whole days on its own clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from submissions.models import Course, CourseAssignment
from submissions.transaction import Transaction


def first_date(assignments: list[CourseAssignment]) -> datetime | None:
    """The earliest date that a course names; None where it names none."""
    named = (moment for one in assignments for moment in (one.opens_at, one.due_at, one.late.closes_at))
    return min((moment for moment in named if moment is not None), default=None)


def moved(moment: datetime | None, days: int, time_zone: str) -> datetime | None:
    """`days` later at the same time of day on the clock of the zone, whatever the clocks did in between.

    Of a time that the clock then skips or shows twice, the later reading: a deadline comes no earlier than it says.
    """
    if moment is None:
        return None
    wall = moment.astimezone(ZoneInfo(time_zone)) + timedelta(days=days)
    return max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def copy_course(tx: Transaction, course: Course, slug: str, title: str, days: int) -> Course:
    """A new course that asks the same `days` later; nobody is in it yet. Raises SlugTaken."""
    copy = tx.courses.add(slug, title, course.time_zone)
    for asked in tx.courses.assignments(course.id):
        tx.courses.add_assignment(
            copy.id,
            asked.slug,
            asked.title,
            asked.points,
            moved(asked.opens_at, days, course.time_zone),
            moved(asked.due_at, days, course.time_zone),
            asked.attempts,
            refill_per_day=asked.refill_per_day,
            late=replace(asked.late, closes_at=moved(asked.late.closes_at, days, course.time_zone)),
            visible=asked.visible,
            newest_only=asked.newest_only,
            question_days=asked.question_days,
        )
    return copy
