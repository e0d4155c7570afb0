"""How a course asks an assignment, as the fields of a form: read from it, and written into it again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from app.errors import BadForm
from app.pages.form_fields import moment, number, optional_text, text, whole
from submissions.lateness import Late, LateRule
from submissions.models import CourseAssignment

MOST_PER_DAY = 24
MOST_DAYS = 365

FIELDS = (
    "slug",
    "title",
    "points",
    "opens_at",
    "due_at",
    "attempts",
    "refill_per_day",
    "late",
    "late_percent",
    "grace_days",
    "closes_at",
    "visible",
    "newest_only",
)


def asked_from(form: FormData, before: CourseAssignment, time_zone: str) -> CourseAssignment:
    """`before` with what the form says. Raises BadForm, which names the field."""
    points = number(form, "points", "The points", 0.0, 10_000.0)
    if points is None:
        raise BadForm("Say how many points the assignment is worth in this course.", "points")
    opens_at = moment(form, "opens_at", "When it opens", time_zone)
    due_at = moment(form, "due_at", "When it is due", time_zone)
    if opens_at is not None and due_at is not None and due_at <= opens_at:
        raise BadForm("It is due before it opens.", "due_at")
    attempts = whole(form, "attempts", "The attempts", 1, 10_000)
    refill = whole(form, "refill_per_day", "Attempts that come back in a day", 1, MOST_PER_DAY)
    if refill is not None and attempts is None:
        raise BadForm("Attempts come back only where their number has a limit: say how many there are.", "attempts")
    return replace(
        before,
        title=text(form, "title", "The assignment needs a title."),
        points=points,
        opens_at=opens_at,
        due_at=due_at,
        attempts=attempts,
        refill_per_day=refill,
        late=_late_from(form, due_at, time_zone),
        visible=optional_text(form, "visible") == "yes",
        newest_only=optional_text(form, "newest_only") == "yes",
    )


def typed(form: FormData) -> dict[str, str]:
    """What was typed, to be shown again."""
    return {name: value if isinstance(value := form.get(name), str) else "" for name in FIELDS}


def written(asked: CourseAssignment, time_zone: str) -> Mapping[str, str]:
    """An assignment as the fields show it."""
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
    }


def local(moment: datetime | None, time_zone: str) -> str:
    """A moment as a field for date and time wants it, on the clock of the zone; empty for None."""
    return "" if moment is None else f"{moment.astimezone(ZoneInfo(time_zone)):%Y-%m-%dT%H:%M}"


def _late_from(form: FormData, due_at: datetime | None, time_zone: str) -> LateRule:
    said = optional_text(form, "late")
    if said not in tuple(Late):
        raise BadForm("Choose what happens to late work.", "late")
    kind = Late(said)
    if kind is Late.CLOSED:
        return LateRule()
    if due_at is None:
        raise BadForm("Work can only be late where there is a due date.", "due_at")
    closes_at = moment(form, "closes_at", "When nothing more is taken", time_zone)
    if closes_at is not None and closes_at < due_at:
        raise BadForm("Nothing more is taken before it is due.", "closes_at")
    if kind is Late.TAKEN:
        return LateRule(kind, closes_at=closes_at)
    percent = number(form, "late_percent", "The percent for each late day", 0.0, 100.0)
    if not percent:
        raise BadForm("Say how many percent each late day costs.", "late_percent")
    return LateRule(kind, percent, whole(form, "grace_days", "The days of grace", 0, MOST_DAYS) or 0, closes_at)


def _optional(value: int | None) -> str:
    return "" if value is None else str(value)
