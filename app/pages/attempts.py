"""A student's attempts at an assignment, as lists and curves show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.pictures.picture import Picture
from app.pages.pictures.score_history import score_history
from submissions.database import Transaction
from submissions.models import State, Submission


@dataclass(frozen=True, slots=True)
class Attempt:
    """A submission and how its grading stands; `given` and `maximum` are there once it is done."""

    submission: Submission
    state: State
    given: float | None
    maximum: float | None


def attempts_of(tx: Transaction, course_assignment_id: str, user_id: str) -> list[Attempt]:
    """The attempts of one person, newest first."""
    found = []
    for submission in tx.submissions.of_learner(course_assignment_id, user_id):
        grading = tx.gradings.current(submission.id)
        if grading is None:
            found.append(Attempt(submission, State.QUEUED, None, None))
        else:
            found.append(Attempt(submission, grading.state, grading.score_given, grading.score_maximum))
    return found


def best_of(attempts: Sequence[Attempt]) -> Attempt | None:
    """The attempt that counts: the highest score, of equals the earliest; None while none is graded."""
    graded = [attempt for attempt in reversed(attempts) if attempt.given is not None]
    return max(graded, key=_score, default=None)


def history_of(attempts: Sequence[Attempt]) -> Picture | None:
    """The scores attempt by attempt, from two graded ones on."""
    graded = [attempt for attempt in reversed(attempts) if attempt.given is not None]
    if len(graded) < 2:
        return None
    maximum = max(attempt.maximum or 0.0 for attempt in graded)
    return score_history([(attempt.submission.number, _score(attempt)) for attempt in graded], maximum or 1.0)


def _score(attempt: Attempt) -> float:
    return attempt.given or 0.0
