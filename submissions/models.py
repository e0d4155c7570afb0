"""What the service remembers, as frozen dataclasses: people, courses, submissions, gradings.

Every id is the hex of a random UUID; every time is an aware datetime in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from submissions.lateness import CLOSED_WHEN_DUE, LateRule
from submissions.marking import Grade

QUESTION_DAYS = 7
"""For how long a student may ask about a result, unless the course says otherwise."""


class Role(StrEnum):
    """What a person is in a course.

    Members stand from least to most: `at_least` goes by this order, so a new role has to be put in its place.
    """

    STUDENT = "student"
    ASSISTANT = "assistant"
    INSTRUCTOR = "instructor"

    @property
    def is_staff(self) -> bool:
        """Staff see everybody's work and are bound by no deadline."""
        return self is not Role.STUDENT

    def at_least(self, other: "Role") -> bool:
        """Whether this role may do no less than `other`."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class State(StrEnum):
    """Where a grading is. FAILED is our fault: ungraded, staff told, never a score."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens to a grading in this state."""
        return self in (State.DONE, State.FAILED, State.CANCELLED)


class Lane(StrEnum):
    """Which queue a grading waits in; LIVE is served before REGRADE by whoever serves both."""

    LIVE = "live"
    REGRADE = "regrade"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a lane's virtual time (fairness.py).

    tag: of the course. priority: with the student's share, greater goes first.
    """

    lane: Lane
    tag: int
    priority: int


class GradingReason(StrEnum):
    """Why a grading was asked for."""

    SUBMITTED = "submitted"
    REGRADE = "regrade"


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account; `email` is stored in lower case.

    time_zone: IANA name of the zone that times are shown in, None for each course's own.
    """

    id: str
    email: str
    name: str
    is_operator: bool
    created_at: datetime
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class LoginSession:
    """A browser that is logged in; `key` as in BrowserSession."""

    user: User
    csrf_token: str
    expires_at: datetime
    key: str = field(default="", compare=False)
    last_seen_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A line in the list of a person's sessions.

    key: the hash of its secret, which names the session and opens nothing.
    browser: what the browser said it is; empty where it said nothing.
    """

    key: str
    browser: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link into a course. `email` None: whoever has the link may use it, once; else only that address may.

    course_title is for whoever reads it.
    """

    id: str
    course_id: str
    course_slug: str
    course_title: str
    role: Role
    email: str | None
    created_by: str | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: str | None


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token of the API; only its hash is stored. `expires_at` None: until it is revoked."""

    id: str
    user_id: str
    name: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """A course; `time_zone` is an IANA name: late days, typed dates and what is shown go by it."""

    id: str
    slug: str
    title: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A person in a course."""

    course: Course
    user: User
    role: Role


@dataclass(frozen=True, slots=True)
class CourseAssignment:
    """An assignment of the catalogue (`slug`) as a course asks it.

    points: what it is worth in this course. opens_at, due_at: None for no limit, both ends inclusive.
    attempts: how many submissions a student has, None for no limit. refill_per_day: how many of them come back in 24
    hours; None: none does. visible: whether students see it. newest_only: an upload takes the place of what its
    student has waiting. question_days: for how long a student may ask about a result; None: not at all.
    """

    id: str
    course_id: str
    slug: str
    title: str
    points: float
    opens_at: datetime | None
    due_at: datetime | None
    attempts: int | None
    refill_per_day: int | None = None
    late: LateRule = CLOSED_WHEN_DUE
    visible: bool = True
    newest_only: bool = False
    question_days: int | None = QUESTION_DAYS


@dataclass(frozen=True, slots=True)
class Submission:
    """One immutable upload. `number` counts a person's submissions to an assignment from 1; sha256 is of the bytes."""

    id: str
    course_assignment_id: str
    user_id: str
    number: int
    filename: str
    size_bytes: int
    sha256: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Grading:
    """One run over a submission; `number` counts the runs of a submission from 1.

    version, seed, score and report are there once it is DONE; `report` is the Report as JSON. `error` is for staff:
    the last fault of ours. attempts: how often a worker began.
    """

    id: str
    submission_id: str
    number: int
    reason: GradingReason
    state: State
    version: str | None
    seed: str | None
    score_given: float | None
    score_maximum: float | None
    report: Mapping[str, Any] | None
    error: str | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A submission and how its current grading stands.

    given, maximum: of the report; version: of the assignment it was made for; grade: what it counts. All four are there
    once it is done.
    """

    submission: Submission
    state: State
    given: float | None
    maximum: float | None
    grade: Grade | None = None
    grading_id: str = ""
    version: str | None = None


@dataclass(frozen=True, slots=True)
class GradebookRow:
    """A learner's best attempt at an assignment.

    attempts: submissions made. submission_id, state: of the graded submission that counts most (of equals: see
    best_of), or of the newest one while none is graded; None where nothing was handed in. score_given: what it counts,
    on the scale of the course. part_points: part name -> (given, maximum). codes: diagnosis codes in report order,
    without repeats. grade: how score_given came about.
    """

    user: User
    attempts: int
    submission_id: str | None
    score_given: float | None
    state: State | None
    part_points: Mapping[str, tuple[float, float]]
    codes: tuple[str, ...]
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the audit trail. `kind` is a stable word; `detail` holds what was measured."""

    id: int
    at: datetime
    kind: str
    grading_id: str | None
    user_id: str | None
    worker: str | None
    detail: Mapping[str, Any]
    course_id: str | None = None
    submission_id: str | None = None
