"""How a student's attempts at an assignment went, as a curve."""

from collections.abc import Sequence

from app.pages.pictures.picture import Picture
from app.pages.pictures.score_history import score_history
from submissions.models import Attempt


def newest_first(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts of one person as pages list them."""
    return sorted(attempts, key=lambda attempt: -attempt.submission.number)


def history_of(attempts: Sequence[Attempt]) -> Picture | None:
    """What the attempts count, as the list beside it says, from two graded ones on."""
    graded = [(one.submission.number, one.grade) for one in reversed(newest_first(attempts)) if one.grade is not None]
    if len(graded) < 2:
        return None
    maximum = max(grade.maximum for _, grade in graded)
    return score_history([(number, grade.points) for number, grade in graded], maximum or 1.0)
