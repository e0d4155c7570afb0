"""Who tries again and again without getting further: the people that staff would want to talk to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from submissions.grades import points_of
from submissions.models import Attempt, GradebookRow, User

STUCK_AFTER = 3
"""Graded attempts in a row without a better score from which somebody counts as stuck."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A student with `tries` graded attempts since the score last rose; `newest` is the last of them.

    held_up_by: the part in which the best attempt loses most, empty where its parts are not known.
    """

    user: User
    tries: int
    score: float
    newest: str
    at: datetime
    held_up_by: str


def stuck_students(rows: Iterable[GradebookRow], attempts: Iterable[Attempt], maximum: float) -> tuple[Stuck, ...]:
    """Students without full marks whose last STUCK_AFTER or more graded attempts brought nothing; most tries first."""
    by_learner: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.grade is not None:
            by_learner.setdefault(attempt.submission.user_id, []).append(attempt)
    found = []
    for row in rows:
        made = sorted(by_learner.get(row.user.id, ()), key=lambda attempt: attempt.submission.number)
        if not made or (row.score_given or 0.0) >= maximum:
            continue
        tries = _without_progress(made)
        if tries >= STUCK_AFTER:
            newest = made[-1].submission
            score = row.score_given or 0.0
            found.append(Stuck(row.user, tries, score, newest.id, newest.created_at, _held_up_by(row)))
    return tuple(sorted(found, key=lambda one: (-one.tries, one.score)))


def _without_progress(made: list[Attempt]) -> int:
    """How many attempts came after the first one with the highest score."""
    scores = [points_of(attempt) for attempt in made]
    return len(scores) - 1 - scores.index(max(scores))


def _held_up_by(row: GradebookRow) -> str:
    lost = {name: most - given for name, (given, most) in row.part_points.items()}
    return max(lost, key=lambda name: lost[name], default="")
