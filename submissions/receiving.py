"""One transaction from an accepted upload to a queued grading: after it commits, the upload is never lost."""

from dataclasses import dataclass
from datetime import datetime

from submissions.database import Transaction
from submissions.intake import ReceivedUpload
from submissions.models import CourseAssignment, Role, Submission, User


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of handing in. replayed: this is the earlier answer to the same idempotency key."""

    submission: Submission
    grading_id: str
    replayed: bool


def submit(
    tx: Transaction,
    *,
    course_assignment: CourseAssignment,
    user: User,
    role: Role,
    received: ReceivedUpload,
    idempotency_key: str | None,
    now: datetime,
) -> Submitted:
    """Store the upload and queue its grading. Raises SubmissionRefused or IdempotencyConflict."""
    raise NotImplementedError


def regrade(tx: Transaction, submission_id: str, now: datetime) -> str:
    """Queue another grading of a submission in the regrade lane and return its id."""
    raise NotImplementedError
