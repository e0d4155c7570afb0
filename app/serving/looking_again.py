"""When it is worth looking again at a submission that waits: seldom where it is far back, for nothing happens there.

In a rush a thousand people wait, and their looks would take the processor from what they wait for.
"""

from datetime import datetime, timedelta
from statistics import median

from submissions.clock import Clock
from submissions.transaction import Transaction

FEWEST_MEASURED = 3
"""Gradings of the assignment from which a wait is estimated; of fewer nothing is claimed."""

KEPT = timedelta(seconds=5)
"""So old may be what is known of an assignment: in a rush a thousand looks a minute need the same few numbers."""

QUICKEST_SECONDS = 0.1
"""Where nothing is measured: where many wait, a slot ends no grading sooner."""


class Pace:
    """How long a grading of each assignment takes, as it was a few seconds ago."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[datetime, float | None]] = {}

    def typical_seconds(self, tx: Transaction, course_assignment_id: str) -> float | None:
        """The median of the last gradings of an assignment; None where too few are measured."""
        now = self._clock()
        read, known = self._known.get(course_assignment_id, (now - 2 * KEPT, None))
        if not now - KEPT < read <= now:  # the clock may have been set back
            measured = tx.gradings.recent_seconds(course_assignment_id)
            known = median(measured) if len(measured) >= FEWEST_MEASURED else None
            self._known[course_assignment_id] = now, known
        return known


def look_again_seconds(
    place: int | None, typical_seconds: float | None, slots: int, *, at_least: float, at_most: float
) -> float:
    """How long to wait before the next look at what is graded as number `place`; None: it waits for nobody.

    Half the time that remains, where those ahead take as long as this assignment's do: so nobody learns of a result
    much later than it is there, and hardly anybody looks more than ten times.
    """
    each = QUICKEST_SECONDS if typical_seconds is None else typical_seconds
    remaining = 0.0 if place is None else place * each / slots
    return max(at_least, min(remaining / 2, at_most))
