"""One submission that has no result by no fault of its author: graded anew by staff, and a few times by its author."""

from datetime import datetime

from grader.translation import gettext as _
from submissions.errors import GradingAgainRefused
from submissions.fairness import next_place
from submissions.faults import Fault, fault_of
from submissions.models import CourseAssignment, Grading, GradingReason, Lane, State, Submission, User
from submissions.receiving import BY_A_NEWER_ONE
from submissions.repository.retention import FILES_REMOVED, REMOVED
from submissions.transaction import Transaction

GRADED_AGAIN = "submission.graded_again"
"""The event of it, of the submission and of who asked; of the course as well where staff did."""

MOST_BY_AUTHOR = 2
"""How often an author may ask. Each is six attempts of a worker: what fails so often needs staff, not another press."""


def may_grade_again(grading: Grading) -> bool:
    """Whether staff may have it graded again: it ended without a result, and no newer upload took its place."""
    if grading.state is State.CANCELLED:
        return grading.error != BY_A_NEWER_ONE
    return grading.state is State.FAILED


def may_ask_again(tx: Transaction, submission: Submission, grading: Grading) -> bool:
    """Whether its author may have it graded again: where this service failed, for their newest upload, a few times.

    Not where the course did: it fails anew until staff have mended it. Not an older upload: what came after it was
    handed in because this one had used no attempt, so it would make one more than they have.
    """
    if grading.state is not State.FAILED or fault_of(grading.error) is not Fault.SERVICE:
        return False
    if tx.submissions.of_learner(submission.course_assignment_id, submission.user_id)[0].id != submission.id:
        return False
    events = tx.events.of_submission(submission.id)
    asked = [one for one in events if one.kind == GRADED_AGAIN and one.user_id == submission.user_id]
    return len(asked) < MOST_BY_AUTHOR and submission.sha256 != REMOVED


def grade_again(
    tx: Transaction, submission: Submission, asked: CourseAssignment, by: User, as_staff: bool, now: datetime
) -> str:
    """Queue a grading that counts when it is done, and note who asked for it; its id. Raises GradingAgainRefused."""
    grading = tx.gradings.current(submission.id)
    if grading is None or not may_grade_again(grading):
        raise GradingAgainRefused(_("Only what ended without a result can be graded again like this."))
    if submission.sha256 == REMOVED:
        raise GradingAgainRefused(_(FILES_REMOVED))
    if not as_staff and not may_ask_again(tx, submission, grading):
        raise GradingAgainRefused(_("This upload can be graded again by your course staff only. Ask them."))
    made = tx.submissions.count(asked.id, submission.user_id)
    place = next_place(tx, asked.course_id, Lane.LIVE, made)
    grading_id = tx.ask(submission.id, GradingReason.REGRADE, place, now)
    tx.events.add(
        GRADED_AGAIN,
        now,
        user_id=by.id,
        course_id=asked.course_id if as_staff else None,
        submission_id=submission.id,
        detail={"by": by.name},
    )
    return grading_id
