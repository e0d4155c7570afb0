"""What the API says and understands of courses and of what they ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.api.fields import Moment, Slug, TimeZone, Title
from app.api.schemas import Schema
from app.errors import BadForm
from app.staff.asking import MOST_ATTEMPTS, MOST_DAYS, MOST_PER_DAY, MOST_POINTS
from submissions.lateness import Late, LateRule
from submissions.models import Course, CourseAssignment, Role

COURSE_EXAMPLE: JsonDict = {
    "slug": "nn-2027",
    "title": "Neural networks, spring 2027",
    "time_zone": "Europe/Berlin",
    "role": "instructor",
    "assignments_url": "/api/v1/courses/nn-2027/assignments",
}
NEW_COURSE_EXAMPLE: JsonDict = {name: COURSE_EXAMPLE[name] for name in ("slug", "title", "time_zone")}

LATE_EXAMPLE: JsonDict = {"kind": "penalty", "percent_per_day": 10.0, "grace_days": 1, "closes_at": None}
ASSIGNMENT_EXAMPLE: JsonDict = {
    "slug": "ece421-numpy-nn",
    "title": "Neural network in NumPy",
    "points": 100.0,
    "opens_at": None,
    "due_at": "2026-12-18T17:00:00Z",
    "attempts": 20,
    "refill_per_day": None,
    "late": LATE_EXAMPLE,
    "visible": True,
    "newest_only": False,
    "question_days": 7,
    "starter_url": "/api/v1/courses/demo/assignments/ece421-numpy-nn/starter",
    "submissions_url": "/api/v1/courses/demo/assignments/ece421-numpy-nn/submissions",
}
NEW_ASSIGNMENT_EXAMPLE: JsonDict = {
    "slug": "ece421-numpy-nn",
    "due_at": "2026-12-18T17:00:00Z",
    "attempts": 20,
    "late": LATE_EXAMPLE,
}


class Sent(BaseModel):
    """What all bodies share: a name that nobody knows is a mistake, not a wish that is ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CourseOut(Schema):
    """A course of the token's owner, with their role in it."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [COURSE_EXAMPLE]})

    slug: str
    title: str
    time_zone: str
    role: str
    assignments_url: str

    @classmethod
    def of(cls, course: Course, role: Role) -> "CourseOut":
        """The course with its address."""
        path = f"/api/v1/courses/{course.slug}/assignments"
        return cls(
            slug=course.slug, title=course.title, time_zone=course.time_zone, role=role.value, assignments_url=path
        )


class CourseIn(Sent):
    """A new course. `slug`: its name in addresses, for good: small letters, digits and hyphens."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [NEW_COURSE_EXAMPLE]})

    slug: Slug
    title: Title
    time_zone: TimeZone = "UTC"


class CourseChange(Sent):
    """What should be otherwise; what is left out stays."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"title": "Neural networks"}]}
    )

    title: Title | None = None
    time_zone: TimeZone | None = None


class LateOut(Sent):
    """What becomes of work after the due date: `closed` refuses it, `penalty` costs percent for each late day."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [LATE_EXAMPLE]})

    kind: Late = Late.CLOSED
    percent_per_day: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 0.0
    grace_days: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 0
    closes_at: Moment | None = None

    def rule(self) -> LateRule:
        """The rule; what its kind does not use is left out."""
        if self.kind is Late.CLOSED:
            return LateRule()
        if self.kind is Late.TAKEN:
            return LateRule(self.kind, closes_at=self.closes_at)
        return LateRule(self.kind, self.percent_per_day, self.grace_days, self.closes_at)

    @classmethod
    def of(cls, rule: LateRule) -> "LateOut":
        """The rule as it is sent."""
        return cls(
            kind=rule.kind,
            percent_per_day=rule.percent_per_day,
            grace_days=rule.grace_days,
            closes_at=rule.closes_at,
        )


class AssignmentOut(Schema):
    """An assignment as a course asks it of this person, extensions counted in. Times are UTC; null means no limit."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [ASSIGNMENT_EXAMPLE]})

    slug: str
    title: str
    points: float
    opens_at: datetime | None
    due_at: datetime | None
    attempts: int | None
    refill_per_day: int | None
    late: LateOut
    visible: bool
    newest_only: bool
    question_days: int | None
    starter_url: str
    submissions_url: str

    @classmethod
    def of(cls, assignment: CourseAssignment, course: str) -> "AssignmentOut":
        """The assignment with its addresses."""
        path = f"/api/v1/courses/{course}/assignments/{assignment.slug}"
        return cls(
            slug=assignment.slug,
            title=assignment.title,
            points=assignment.points,
            opens_at=assignment.opens_at,
            due_at=assignment.due_at,
            attempts=assignment.attempts,
            refill_per_day=assignment.refill_per_day,
            late=LateOut.of(assignment.late),
            visible=assignment.visible,
            newest_only=assignment.newest_only,
            question_days=assignment.question_days,
            starter_url=f"{path}/starter",
            submissions_url=f"{path}/submissions",
        )


IN_JSON = MappingProxyType(
    {"late_percent": "late/percent_per_day", "grace_days": "late/grace_days", "closes_at": "late/closes_at"}
)
"""Where the JSON of an assignment has what the form calls otherwise."""


@contextmanager
def names_of_json() -> Iterator[None]:
    """Have a BadForm about the rules of an assignment point to where they stand in AssignmentChange."""
    try:
        yield
    except BadForm as error:
        raise BadForm(error.sentence, IN_JSON.get(error.field or "", error.field)) from error


class AssignmentChange(Sent):
    """How an assignment should be asked; what is left out stays, null takes a limit away.

    A title, points, `late` or `visible` that is null stays too: they are no limits. `question_days` null: students may
    not ask about results.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"due_at": "2026-12-20T17:00:00Z"}]}
    )

    title: Title | None = None
    points: Annotated[float, Field(ge=0, le=MOST_POINTS, allow_inf_nan=False)] | None = None
    opens_at: Moment | None = None
    due_at: Moment | None = None
    attempts: Annotated[int, Field(ge=1, le=MOST_ATTEMPTS)] | None = None
    refill_per_day: Annotated[int, Field(ge=1, le=MOST_PER_DAY)] | None = None
    late: LateOut | None = None
    visible: bool | None = None
    newest_only: bool | None = None
    question_days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None


class AssignmentIn(AssignmentChange):
    """An assignment of the catalogue to ask; what is left out is as the catalogue has it, or without a limit."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [NEW_ASSIGNMENT_EXAMPLE]})

    slug: Slug
