"""What webhooks are told of grades, written in the transaction that records or changes them."""

from datetime import datetime
from typing import Literal

from submissions.deliveries import owe
from submissions.models import Submission
from submissions.transaction import Transaction

Decision = Literal["override.set", "override.withdrawn", "regrade.applied", "regrade.undone"]
"""What can change a grade that was told already; the word is the type of the message."""


def owe_webhooks(
    tx: Transaction, submission: Submission, grading_id: str, given: float, maximum: float, now: datetime
) -> int:
    """Owe a message to every webhook of the submission's course, with the points of the report; how many."""
    return _tell(tx, submission, grading_id, "grading.done", given, maximum, now, "")


def owe_decision(tx: Transaction, submission: Submission, decision: Decision, occasion: str, now: datetime) -> int:
    """Owe a message that a decision changed what a submission counts, with its points in the course; how many.

    occasion: names this decision, so that it is told once.
    """
    asked = tx.courses.assignment(submission.course_assignment_id)
    if asked is None or not tx.webhooks.of_course(asked.course_id):
        return 0
    for attempt in tx.gradings.attempts(submission.course_assignment_id, submission.user_id):
        if attempt.submission.id == submission.id and attempt.grade is not None:
            grade = attempt.grade
            said = f"{decision} {occasion}"
            return _tell(tx, submission, attempt.grading_id, decision, grade.points, grade.maximum, now, said)
    return 0


def _tell(
    tx: Transaction,
    submission: Submission,
    grading_id: str,
    kind: str,
    given: float,
    maximum: float,
    now: datetime,
    occasion: str,
) -> int:
    asked = tx.courses.assignment(submission.course_assignment_id)
    course = tx.courses.by_id(asked.course_id) if asked else None
    learner = tx.accounts.by_id(submission.user_id)
    if asked is None or course is None or learner is None:
        return 0
    payload = {
        "type": kind,
        "timestamp": now.isoformat(),
        "data": {
            "course": course.slug,
            "assignment": asked.slug,
            "submission": submission.id,
            "attempt": submission.number,
            "grading": grading_id,
            "learner": {"id": learner.id, "email": learner.email, "name": learner.name},
            "score": {"given": given, "maximum": maximum},
        },
    }
    hooks = tx.webhooks.of_course(course.id)
    return sum(owe(tx, grading_id, "webhook", hook.id, payload, now, occasion) for hook in hooks)
