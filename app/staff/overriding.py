"""What staff decide that a submission counts, as pages, the API and an import of results all write it."""

import math
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from app.access import SeenSubmission
from app.errors import BadForm
from app.staff.answering import answer
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.grade_changes import grades_changed
from submissions.marking import Override
from submissions.webhooks_owed import owe_decision

MOST_CHARACTERS = 4000  # of what staff write to a student: a comment, or why a submission counts other points


def held(tx: Transaction, found: SeenSubmission) -> Override | None:
    """What staff decided that the submission counts, where that holds now."""
    submission = found.submission
    for one in tx.gradings.attempts(submission.course_assignment_id, submission.user_id):
        if one.submission.id == submission.id and one.grade:
            return one.grade.override
    return None


def override(tx: Transaction, found: SeenSubmission, points: float | None, comment: str, now: datetime) -> Override:
    """Have the submission count `points`, in the course's points; what was decided already is nothing new.

    It answers what the author asks about the submission, for they read the comment.

    Raises BadForm, which names the field.
    """
    submission, maximum, by = found.submission, found.assignment.points, found.membership.user
    if points is None or not math.isfinite(points) or not 0 <= points <= maximum:
        raise BadForm(
            _("The points are between 0 and {maximum:g}, what the assignment is worth here.", maximum=maximum), "points"
        )
    points += 0.0  # of -0 points somebody would ask what they mean
    grading = tx.gradings.current(submission.id)
    if grading is None or grading.score_given is None:
        raise BadForm(_("This submission has no grade yet that could be replaced."), "points")
    before = held(tx, found)
    if before is not None and (before.points, before.maximum, before.comment) == (points, maximum, comment):
        answer(tx, found, now)
        return before
    tx.marks.override(submission.id, points, maximum, comment, by.id, now)
    detail = {"points": points, "maximum": maximum, "comment": comment}
    _note(tx, found, "submission.override", detail, now)
    answer(tx, found, now)
    owe_decision(tx, submission, "override.set", uuid4().hex, now)
    return Override(points, maximum, comment, by.name, now)


def withdraw(tx: Transaction, found: SeenSubmission, now: datetime) -> bool:
    """Have the submission count what its report gives; whether there was an override."""
    was = tx.marks.take_back(found.submission.id)
    if was:
        _note(tx, found, "submission.override_taken_back", {}, now)
        owe_decision(tx, found.submission, "override.withdrawn", uuid4().hex, now)
    return was


def _note(tx: Transaction, found: SeenSubmission, kind: str, detail: Mapping[str, object], now: datetime) -> None:
    submission, by = found.submission, found.membership.user
    tx.events.add(
        kind,
        now,
        user_id=by.id,
        course_id=found.membership.course.id,
        submission_id=submission.id,
        detail={"by": by.name, **detail},
    )
    grades_changed(tx, submission.course_assignment_id, [submission.user_id], now)
