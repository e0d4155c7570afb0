"""What students ask about their results, answered: by a comment, or by a decision on what the submission counts."""

from datetime import datetime

from app.access import SeenSubmission
from submissions.database import Transaction

ANSWERED = "submission.answered"
"""The event of it."""


def answer(tx: Transaction, found: SeenSubmission, now: datetime) -> bool:
    """Close what its author asks about the submission, for staff have just written why; whether it was open."""
    by, submission = found.membership.user, found.submission
    was = tx.questions.answer(submission.id, by.id, now)
    if was:
        course = found.membership.course
        detail = {"by": by.name}
        tx.events.add(ANSWERED, now, user_id=by.id, course_id=course.id, submission_id=submission.id, detail=detail)
    return was
