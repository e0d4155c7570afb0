"""What an assignment asks of its dates and attempts, in sentences for students and staff."""

from datetime import datetime

from markupsafe import Markup, escape

from app.pages.numbers import counted, plain
from app.pages.times import day_and_time
from submissions.lateness import Late
from submissions.marking import Grade
from submissions.models import Course, CourseAssignment
from submissions.policy import refill_interval


def policy_lines(asked: CourseAssignment, course: Course, now: datetime) -> list[Markup]:
    """One sentence each on late work and on how attempts come back; nothing where there is nothing to say."""
    lines = []
    late = late_words(asked, course, now)
    if late:
        lines.append(late)
    if asked.attempts is not None and asked.refill_per_day:
        lines.append(escape(f"A used attempt comes back {interval_words(asked)} later, one after the other."))
    if asked.newest_only:
        lines.append(escape("Until the due date a new upload takes the place of one that still waits to be graded."))
    return lines


def late_words(asked: CourseAssignment, course: Course, now: datetime) -> Markup:
    """What becomes of work after the due date; empty where there is none."""
    rule = asked.late
    if asked.due_at is None:
        return Markup()
    if rule.kind is Late.CLOSED:
        return escape("Nothing is taken after the due date.")
    if rule.kind is Late.TAKEN:
        words = "Late work is taken without loss"
    else:
        after = f" after {counted(rule.grace_days, 'day')} of grace" if rule.grace_days else ""
        words = f"Each late day{after} costs {plain(rule.percent_per_day)} % of the points earned"
    if rule.closes_at is None:
        return escape(words + ".")
    return escape(words + ", until ") + day_and_time(rule.closes_at, course.time_zone, now) + "."


def interval_words(asked: CourseAssignment) -> str:
    """24 hours, 4 hours, 3.4 hours: how long until a used attempt is back."""
    interval = refill_interval(asked)
    hours = interval.total_seconds() / 3600 if interval else 0.0
    return f"{plain(hours, 2)} {'hour' if hours == 1 else 'hours'}"


def late_by(grade: Grade) -> str:
    """Two days late, or nothing where it was in time."""
    return f"{counted(grade.late_days, 'day')} late" if grade.late_days else ""
