"""What webhooks are told of a grade, written in the transaction that records it."""

from datetime import datetime

from submissions.deliveries import owe
from submissions.models import Submission
from submissions.transaction import Transaction


def owe_webhooks(
    tx: Transaction, submission: Submission, grading_id: str, given: float, maximum: float, now: datetime
) -> int:
    """Owe a message to every webhook of the submission's course; how many."""
    asked = tx.courses.assignment(submission.course_assignment_id)
    course = tx.courses.by_id(asked.course_id) if asked else None
    learner = tx.accounts.by_id(submission.user_id)
    if asked is None or course is None or learner is None:
        return 0
    payload = {
        "type": "grading.done",
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
    return sum(owe(tx, grading_id, "webhook", hook.id, payload, now) for hook in tx.webhooks.of_course(course.id))
