"""How a course asks an assignment, as the fields of a form."""

from dataclasses import replace

from starlette.datastructures import FormData

from app.errors import BadForm
from app.pages.form_fields import line, moment, number, optional_text, whole
from app.staff.asking import MOST_ATTEMPTS, MOST_DAYS, MOST_PER_DAY, MOST_POINTS, checked
from grader.translation import gettext as _
from submissions.lateness import Late, LateRule
from submissions.models import CourseAssignment

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
    "question_days",
)


def asked_from(form: FormData, before: CourseAssignment, time_zone: str) -> CourseAssignment:
    """`before` with what the form says. Raises BadForm, which names the field."""
    points = number(form, "points", _("The points"), 0.0, MOST_POINTS)
    if points is None:
        raise BadForm(_("Say how many points the assignment is worth in this course."), "points")
    opens_at = moment(form, "opens_at", _("When it opens"), time_zone)
    due_at = moment(form, "due_at", _("When it is due"), time_zone)
    attempts = whole(form, "attempts", _("The attempts"), 1, MOST_ATTEMPTS)
    refill = whole(form, "refill_per_day", _("Attempts that come back in a day"), 1, MOST_PER_DAY)
    question_days = whole(form, "question_days", _("The days in which students may ask about a result"), 1, MOST_DAYS)
    asked = replace(
        before,
        title=line(form, "title", _("The assignment needs a title.")),
        points=points,
        opens_at=opens_at,
        due_at=due_at,
        attempts=attempts,
        refill_per_day=refill,
        late=_late_from(form, time_zone),
        visible=optional_text(form, "visible") == "yes",
        newest_only=optional_text(form, "newest_only") == "yes",
        question_days=question_days,
    )
    return checked(asked)


def typed(form: FormData) -> dict[str, str]:
    """What was typed, to be shown again."""
    return {name: value if isinstance(value := form.get(name), str) else "" for name in FIELDS}


def _late_from(form: FormData, time_zone: str) -> LateRule:
    said = optional_text(form, "late")
    if said not in tuple(Late):
        raise BadForm(_("Choose what happens to late work."), "late")
    kind = Late(said)
    if kind is Late.CLOSED:
        return LateRule()
    closes_at = moment(form, "closes_at", _("When nothing more is taken"), time_zone)
    if kind is Late.TAKEN:
        return LateRule(kind, closes_at=closes_at)
    percent = number(form, "late_percent", _("The percent for each late day"), 0.0, 100.0)
    return LateRule(
        kind, percent or 0.0, whole(form, "grace_days", _("The days of grace"), 0, MOST_DAYS) or 0, closes_at
    )
