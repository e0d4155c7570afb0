"""What staff decide about single students and submissions, as frozen dataclasses, and what a submission then counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Extension:
    """What one student is given beyond what everybody has: a later due date, more attempts, and why."""

    course_assignment_id: str
    user_id: str
    due_at: datetime | None
    more_attempts: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Override:
    """What staff decided that a submission counts, `points` of `maximum`, instead of what was worked out."""

    points: float
    maximum: float
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What staff wrote to the author of a submission."""

    id: str
    submission_id: str
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What a student asks about a result; `part` is empty for all of it. answered_at, answered_by: None while open."""

    submission_id: str
    part: str
    text: str
    at: datetime
    answered_at: datetime | None
    answered_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether staff owe an answer."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class Grade:
    """What a graded submission counts: `points` of `maximum`, on the scale of the course.

    before: without what lateness costs. late_days: begun. loss_percent: of the points earned. as_reported: whether it
    is just what the report gives, so that there is nothing to explain.
    """

    points: float
    maximum: float
    before: float
    late_days: int
    loss_percent: float
    override: Override | None
    as_reported: bool


class RegradeState(StrEnum):
    """Where a regrade is: tried and kept aside, counting, or neither any more."""

    PREVIEW = "preview"
    APPLIED = "applied"
    UNDONE = "undone"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Regrade:
    """A grading anew of everything handed in for an assignment; `by` is the name of who asked."""

    id: str
    course_assignment_id: str
    state: RegradeState
    version: str
    by: str
    at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Regraded:
    """What a regrade gives for a submission; `before`: given and maximum of what counted, None: ungraded."""

    submission_id: str
    user_id: str
    number: int
    grading_id: str
    before_id: str
    given: float
    maximum: float
    before: tuple[float, float] | None
