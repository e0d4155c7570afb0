"""What the API says and understands of what work counts: scores, overrides, regrades."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.api.course_schema import Sent
from app.api.fields import Words
from app.api.schemas import Schema
from app.staff.asking import MOST_POINTS
from submissions.marking import Grade, Override, Regrade, RegradeState
from submissions.models import GradebookRow, State, User
from submissions.regrading import Difference

OVERRIDE_EXAMPLE: JsonDict = {
    "submission_id": "0b1d4c8a5e6f47b29c1a0e9d8f7a6b5c",
    "points": 90.0,
    "maximum": 100.0,
    "comment": "The formula was right; the transposed weights cost less.",
    "by": "Ines Instructor",
    "at": "2026-12-20T09:00:00Z",
}
SCORE_EXAMPLE: JsonDict = {
    "assignment": "ece421-numpy-nn",
    "user_id": "5c1f0f8e2b7a4d52b0f4a9c3d1e8f7a6",
    "name": "Ada Novak",
    "email": "ada@demo.example",
    "attempts": 3,
    "submission_id": "0b1d4c8a5e6f47b29c1a0e9d8f7a6b5c",
    "state": "done",
    "points": 73.8,
    "maximum": 100.0,
    "before_lateness": 82.0,
    "late_days": 1,
    "override": None,
}
REGRADE_EXAMPLE: JsonDict = {
    "id": "7f0d0e2f3a4b4c5d8e9f0a1b2c3d4e5f",
    "state": "preview",
    "version": "sha256:0a1b",
    "by": "Ines Instructor",
    "at": "2026-12-20T09:00:00Z",
    "ended_at": None,
    "gradings": {"done": 41, "queued": 1},
    "is_graded": False,
}
CHANGE_EXAMPLE: JsonDict = {
    "user_id": "5c1f0f8e2b7a4d52b0f4a9c3d1e8f7a6",
    "name": "Ada Novak",
    "email": "ada@demo.example",
    "submission_id": "0b1d4c8a5e6f47b29c1a0e9d8f7a6b5c",
    "before": 82.0,
    "after": 100.0,
    "step": 18.0,
}


class OverrideIn(Sent):
    """What a submission should count, in the course's points, and why: the student reads it."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"examples": [{name: OVERRIDE_EXAMPLE[name] for name in ("points", "comment")}]},
    )

    points: Annotated[float, Field(ge=0, le=MOST_POINTS, allow_inf_nan=False)]
    comment: Words


class OverrideOut(Schema):
    """What staff decided that a submission counts, `points` of `maximum`."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [OVERRIDE_EXAMPLE]})

    submission_id: str
    points: float
    maximum: float
    comment: str
    by: str
    at: datetime

    @classmethod
    def of(cls, submission_id: str, one: Override) -> "OverrideOut":
        """The override of a submission."""
        return cls(
            submission_id=submission_id,
            points=one.points,
            maximum=one.maximum,
            comment=one.comment,
            by=one.by,
            at=one.at,
        )


class OverridesOut(Schema):
    """Some overrides. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [OVERRIDE_EXAMPLE], "next": None}]}
    )

    items: list[OverrideOut]
    next: str | None


class AssignmentScoreOut(Schema):
    """What a learner's best attempt counts and how that came about; null while nothing of theirs is graded."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [SCORE_EXAMPLE]})

    assignment: str
    user_id: str
    name: str
    email: str
    attempts: int
    submission_id: str | None
    state: State | None
    points: float | None
    maximum: float
    before_lateness: float | None
    late_days: int
    override: OverrideOut | None

    @classmethod
    def of(cls, assignment: str, row: GradebookRow, maximum: float) -> "AssignmentScoreOut":
        """The row of an assignment that is worth `maximum` in the course."""
        grade: Grade | None = row.grade
        decided = grade.override if grade else None
        return cls(
            assignment=assignment,
            user_id=row.user.id,
            name=row.user.name,
            email=row.user.email,
            attempts=row.attempts,
            submission_id=row.submission_id,
            state=row.state,
            points=row.score_given,
            maximum=maximum,
            before_lateness=grade.before if grade else None,
            late_days=grade.late_days if grade else 0,
            override=OverrideOut.of(row.submission_id, decided) if decided and row.submission_id else None,
        )


class ScoresOut(Schema):
    """Some scores. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"items": [SCORE_EXAMPLE], "next": None}]})

    items: list[AssignmentScoreOut]
    next: str | None


class RegradeOut(Schema):
    """A regrade. `gradings`: how many are in which state. `is_graded`: whether nothing waits, so that it can count."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [REGRADE_EXAMPLE]})

    id: str
    state: RegradeState
    version: str
    by: str
    at: datetime
    ended_at: datetime | None
    gradings: dict[State, int]
    is_graded: bool

    @classmethod
    def of(cls, one: Regrade, states: dict[State, int]) -> "RegradeOut":
        """The regrade with the states of its gradings."""
        waiting = states.get(State.QUEUED, 0) + states.get(State.RUNNING, 0)
        return cls(
            id=one.id,
            state=one.state,
            version=one.version,
            by=one.by,
            at=one.at,
            ended_at=one.ended_at,
            gradings=states,
            is_graded=not waiting,
        )


class RegradesOut(Schema):
    """Some regrades, oldest first. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"items": [REGRADE_EXAMPLE], "next": None}]})

    items: list[RegradeOut]
    next: str | None


class ChangeOut(Schema):
    """A learner whose grade a regrade changes: what counts before and after, in the course's points."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [CHANGE_EXAMPLE]})

    user_id: str
    name: str
    email: str
    submission_id: str
    before: float | None
    after: float
    step: float

    @classmethod
    def of(cls, user: User, one: Difference) -> "ChangeOut":
        """The difference with the name of the learner."""
        return cls(
            user_id=user.id,
            name=user.name,
            email=user.email,
            submission_id=one.submission_id,
            before=one.before.points if one.before else None,
            after=one.after.points,
            step=one.step,
        )


class ChangesOut(Schema):
    """Some changes, by learner. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"items": [CHANGE_EXAMPLE], "next": None}]})

    items: list[ChangeOut]
    next: str | None
