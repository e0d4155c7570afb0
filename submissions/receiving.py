"""One transaction from an accepted upload to a queued grading: once it has committed, the upload is never lost."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from submissions.errors import IdempotencyConflict
from submissions.fairness import next_place
from submissions.models import CourseAssignment, GradingReason, Lane, Role, Submission, User
from submissions.policy import may_submit
from submissions.repository.retention import REMOVED
from submissions.transaction import Transaction
from submissions.uploads.intake import ReceivedUpload

BY_A_NEWER_ONE = "superseded by a newer upload"
"""Error of a grading that was cancelled because its student handed in again. Stored and compared: never reword it."""


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
    """Store the upload and queue its grading.

    The same key with the same bytes for the same assignment gives the first answer again, also after the deadline: the
    first one was in time. Raises IdempotencyConflict, NotOpenYet, DeadlinePassed or AttemptsUsed.
    """
    if idempotency_key is not None:
        earlier = tx.submissions.by_idempotency_key(user.id, idempotency_key)
        if earlier is not None:
            return _replayed(tx, *earlier, course_assignment, received)
    attempts = tx.submissions.attempts(course_assignment.id, user.id)
    asked = tx.extensions.asked_of(course_assignment, user.id)
    may_submit(asked, role, attempts.used, now)
    # Late work may count less than what waits, and so takes no place.
    if asked.newest_only and (asked.due_at is None or now <= asked.due_at):
        for waiting in tx.gradings.waiting(course_assignment.id, user.id):
            tx.cancel(waiting, now, BY_A_NEWER_ONE)
    grading_id = uuid4().hex
    submission = tx.submissions.add(
        course_assignment.id,
        user.id,
        attempts.made + 1,
        received.filename,
        received.data,
        idempotency_key,
        now,
        counting=grading_id,
    )
    place = next_place(tx, course_assignment.course_id, Lane.LIVE, attempts.made)
    tx.ask(submission.id, GradingReason.SUBMITTED, place, now, named=grading_id)
    tx.events.add("submission.received", now, grading_id=grading_id, user_id=user.id, detail={"id": submission.id})
    return Submitted(submission, grading_id, replayed=False)


def _replayed(
    tx: Transaction,
    submission: Submission,
    digest: str,
    course_assignment: CourseAssignment,
    received: ReceivedUpload,
) -> Submitted:
    if digest == REMOVED:  # with the file went all that could be compared but its size
        same = submission.size_bytes == len(received.data)
    else:
        same = digest == sha256(received.data).hexdigest()
    if not same or submission.course_assignment_id != course_assignment.id:
        raise IdempotencyConflict
    first = tx.gradings.of_submission(submission.id)[-1]
    return Submitted(submission, first.id, replayed=True)
