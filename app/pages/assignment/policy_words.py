"""What an assignment asks of its dates and attempts, in sentences for students and staff."""

from datetime import datetime

from markupsafe import Markup

from app.pages.numbers import plain, plural_count
from app.pages.texts import plural as ngettext
from app.pages.texts import text as _
from app.pages.times import day_and_time
from submissions.lateness import Late, LateRule
from submissions.models import Course, CourseAssignment
from submissions.policy import refill_interval


def policy_lines(asked: CourseAssignment, course: Course, now: datetime) -> list[Markup]:
    """One sentence each on late work and on how attempts come back; nothing where there is nothing to say."""
    lines = []
    late = late_words(asked, course, now)
    if late:
        lines.append(late)
    if asked.attempts is not None and asked.refill_per_day:
        lines.append(_comes_back(asked))
    if asked.newest_only:
        lines.append(_("Until the due date a new upload takes the place of one that still waits to be graded."))
    return lines


def late_words(asked: CourseAssignment, course: Course, now: datetime) -> Markup:
    """What becomes of work after the due date; empty where there is none."""
    rule = asked.late
    if asked.due_at is None:
        return Markup()
    end = None if rule.closes_at is None else day_and_time(rule.closes_at, course.time_zone, now)
    if rule.kind is Late.CLOSED:
        return _("Nothing is taken after the due date.")
    if rule.kind is Late.TAKEN and end is None:
        return _("Late work is taken without loss.")
    if rule.kind is Late.TAKEN:
        return _("Late work is taken without loss, until {end}.", end=end)
    return _cost(rule, end)


def _cost(rule: LateRule, end: Markup | None) -> Markup:
    """What each late day costs. end: when nothing more is taken."""
    said = {"percent": plain(rule.percent_per_day), "end": end}
    if rule.grace_days and end is None:
        return ngettext(
            "Each late day after {n} day of grace costs {percent} % of the points earned.",
            "Each late day after {n} days of grace costs {percent} % of the points earned.",
            rule.grace_days,
            **said,
        )
    if rule.grace_days:
        return ngettext(
            "Each late day after {n} day of grace costs {percent} % of the points earned, until {end}.",
            "Each late day after {n} days of grace costs {percent} % of the points earned, until {end}.",
            rule.grace_days,
            **said,
        )
    if end is None:
        return _("Each late day costs {percent} % of the points earned.", **said)
    return _("Each late day costs {percent} % of the points earned, until {end}.", **said)


def _comes_back(asked: CourseAssignment) -> Markup:
    """24 hours, 4 hours, 3.4 hours: how long until a used attempt is back."""
    interval = refill_interval(asked)
    hours = interval.total_seconds() / 3600 if interval else 0.0
    return ngettext(
        "A used attempt comes back {n} hour later, one after the other.",
        "A used attempt comes back {n} hours later, one after the other.",
        plural_count(hours),
        n=plain(hours, 2),
    )
