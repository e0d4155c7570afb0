"""What the API says of submissions, problems and what all share; the rest is in the files *_schema.py beside this."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from submissions.models import GradebookRow, Grading, State, Submission

SUBMISSION_EXAMPLE: JsonDict = {
    "id": "0b1d4c8a5e6f47b29c1a0e9d8f7a6b5c",
    "course": "demo",
    "assignment": "ece421-numpy-nn",
    "number": 3,
    "filename": "a1.py",
    "size_bytes": 4711,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "created_at": "2026-11-21T09:31:00Z",
    "state": "done",
    "place_in_queue": None,
    "score": {"given": 82.0, "maximum": 100.0},
    "graded_at": "2026-11-21T09:31:04Z",
    "report_url": "/api/v1/submissions/0b1d4c8a5e6f47b29c1a0e9d8f7a6b5c/report",
}

GRADE_EXAMPLE: JsonDict = {
    "user_id": "5c1f0f8e2b7a4d52b0f4a9c3d1e8f7a6",
    "name": "Ada Novak",
    "email": "ada@demo.example",
    "attempts": 3,
    "submission_id": "0b1d4c8a5e6f47b29c1a0e9d8f7a6b5c",
    "state": "done",
    "score": {"given": 82.0, "maximum": 100.0},
    "parts": {"relu": {"given": 8.0, "maximum": 8.0}, "grad_ce": {"given": 0.0, "maximum": 18.0}},
    "codes": ["MEAN_OVER_BATCH_SHAPE"],
}

PROBLEM_EXAMPLE: JsonDict = {
    "type": "/api/v1/problems/bad-form",
    "title": "The form is not complete",
    "status": 422,
    "detail": "The file came in the field `upload`; the field is called `file`.",
    "instance": "/api/v1/courses/demo/assignments/ece421-numpy-nn/submissions",
    "errors": [{"pointer": "/file", "detail": "The file came in the field `upload`; the field is called `file`."}],
}


PAGE_EXAMPLE: JsonDict = {"items": [SUBMISSION_EXAMPLE], "next": None}
GRADES_EXAMPLE: JsonDict = {"course": "demo", "assignment": "ece421-numpy-nn", "grades": [GRADE_EXAMPLE]}

KIND_EXAMPLE: JsonDict = {
    "name": "deadline-passed",
    "type": "/api/v1/problems/deadline-passed",
    "status": 403,
    "title": "The deadline has passed",
    "meaning": "The assignment was due at `due_at`.",
    "remedy": "Ask the course staff for an extension.",
}

READY_EXAMPLE: JsonDict = {
    "ready": True,
    "draining": False,
    "grading": True,
    "database": "ok",
    "migrations": "ok",
    "sandbox": {
        "state": "holds",
        "level": "full",
        "message": "",
        "walls": [{"name": "no network", "held": True, "mandatory": True}],
    },
    "queue": {"live": 2, "regrade": 0},
}


class Schema(BaseModel):
    """What all answers share: they are made once and not changed."""

    model_config = ConfigDict(frozen=True)


class ProblemOut(Schema):
    """A problem, by RFC 9457."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [PROBLEM_EXAMPLE]})

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] = Field(default_factory=list)


class ProblemKindOut(Schema):
    """A kind of problem that this service can answer with. `remedy`: what a client does about it."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [KIND_EXAMPLE]})

    name: str
    type: str
    status: int
    title: str
    meaning: str
    remedy: str


class ScoreOut(Schema):
    """Points given out of a maximum."""

    given: float
    maximum: float

    @classmethod
    def of(cls, grading: Grading | GradebookRow, maximum: float | None = None) -> "ScoreOut | None":
        """The score, if there is one; never for a grading that failed."""
        most = grading.score_maximum if isinstance(grading, Grading) else maximum
        if grading.score_given is None or most is None:
            return None
        return cls(given=grading.score_given, maximum=most)


class SubmissionOut(Schema):
    """A submission and what is known of its current grading.

    `failed` is our fault: the work is not graded, staff are told, and there is no score.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [SUBMISSION_EXAMPLE]})

    id: str
    course: str
    assignment: str
    number: int
    filename: str
    size_bytes: int
    sha256: str
    created_at: datetime
    state: State
    place_in_queue: int | None
    score: ScoreOut | None
    graded_at: datetime | None
    report_url: str | None

    @classmethod
    def of(
        cls, submission: Submission, course: str, assignment: str, grading: Grading | None, place: int | None
    ) -> "SubmissionOut":
        """The submission with its current grading. `place`: 1 is graded next."""
        done = grading is not None and grading.state is State.DONE
        return cls(
            id=submission.id,
            course=course,
            assignment=assignment,
            number=submission.number,
            filename=submission.filename,
            size_bytes=submission.size_bytes,
            sha256=submission.sha256,
            created_at=submission.created_at,
            state=grading.state if grading else State.QUEUED,
            place_in_queue=place,
            score=ScoreOut.of(grading) if grading and done else None,
            graded_at=grading.finished_at if grading and done else None,
            report_url=f"/api/v1/submissions/{submission.id}/report" if done else None,
        )


class SubmissionPageOut(Schema):
    """Some submissions, newest first. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [PAGE_EXAMPLE]})

    items: list[SubmissionOut]
    next: str | None


class GradeOut(Schema):
    """A learner's best attempt. `parts`: points by part; `codes`: what was diagnosed."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [GRADE_EXAMPLE]})

    user_id: str
    name: str
    email: str
    attempts: int
    submission_id: str | None
    state: State | None
    score: ScoreOut | None
    parts: dict[str, ScoreOut]
    codes: list[str]

    @classmethod
    def of(cls, row: GradebookRow, maximum: float) -> "GradeOut":
        """The row; `maximum` is what the assignment is worth."""
        return cls(
            user_id=row.user.id,
            name=row.user.name,
            email=row.user.email,
            attempts=row.attempts,
            submission_id=row.submission_id,
            state=row.state,
            score=ScoreOut.of(row, maximum),
            parts={name: ScoreOut(given=given, maximum=most) for name, (given, most) in row.part_points.items()},
            codes=list(row.codes),
        )


class GradesOut(Schema):
    """The grades of every learner of a course, sorted by name."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [GRADES_EXAMPLE]})

    course: str
    assignment: str
    grades: list[GradeOut]


class HealthOut(Schema):
    """The process answers."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{"status": "ok"}]})

    status: str = "ok"


class WallOut(Schema):
    """A wall of the sandbox and whether it held when it was attacked."""

    name: str
    held: bool
    mandatory: bool


class SandboxOut(Schema):
    """Whether gradings can run here. `message` is for the operator."""

    state: str
    level: str
    message: str
    walls: list[WallOut]


class ReadyOut(Schema):
    """Whether this installation can accept (`ready`) and grade (`grading`), or is about to end (`draining`)."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [READY_EXAMPLE]})

    ready: bool
    grading: bool
    draining: bool
    database: str
    migrations: str
    sandbox: SandboxOut
    queue: dict[str, int]
