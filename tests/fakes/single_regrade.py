"""Another grading of one submission, behind everything live, that counts when it is done: work for tests."""

from datetime import datetime

from submissions.fairness import next_place
from submissions.models import GradingReason, Lane
from submissions.transaction import Transaction


def regrade(tx: Transaction, submission_id: str, now: datetime) -> str:
    """Queue it and return its id. The service regrades whole assignments, aside (submissions/regrading.py)."""
    submission = tx.submissions.get(submission_id)
    asked = tx.courses.assignment(submission.course_assignment_id) if submission else None
    assert asked is not None
    place = next_place(tx, asked.course_id, Lane.REGRADE, 0)
    return tx.ask(submission_id, GradingReason.REGRADE, place, now)
