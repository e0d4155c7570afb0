"""How a student's attempts at an assignment went, as a curve."""

from collections.abc import Sequence

from app.pages.pictures.picture import Picture
from app.pages.pictures.score_history import score_history
from submissions.models import Attempt


def newest_first(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts of one person as pages list them."""
    return sorted(attempts, key=lambda attempt: -attempt.submission.number)


def history_of(attempts: Sequence[Attempt]) -> Picture | None:
    """The scores attempt by attempt, from two graded ones on."""
    graded = [attempt for attempt in reversed(newest_first(attempts)) if attempt.given is not None]
    if len(graded) < 2:
        return None
    maximum = max(attempt.maximum or 0.0 for attempt in graded)
    scores = [(attempt.submission.number, attempt.given or 0.0) for attempt in graded]
    return score_history(scores, maximum or 1.0)
