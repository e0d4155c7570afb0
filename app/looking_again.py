"""When it is worth looking again at a submission that waits: seldom where it is far back, for nothing happens there.

In a rush a thousand people wait, and their looks would take the processor from what they wait for.
"""

QUICKEST_SECONDS = 0.1
"""Where many wait, a slot ends no grading sooner: each takes 0.05 s of a processor that others want too."""

MOST_SECONDS = 10.0
"""Also far back: where other hosts grade too, it may go faster than our own slots do."""


def look_again_seconds(place: int | None, slots: int, at_least: float) -> float:
    """How long to wait before the next look at what is graded as number `place`; None: it waits for nobody.

    Half the time that at least remains, so that nobody learns of a result much later than it is there.
    """
    remaining = 0.0 if place is None else place * QUICKEST_SECONDS / slots
    return max(at_least, min(remaining / 2, MOST_SECONDS))
