"""Known wrong maximum pooling, forward and backward; results are called y and dx."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.windows import FIRST_MISSING, apart, first_missing, last_missing, reduced, wrong_windows
from grader.report import Evidence
from grader.results import Tensors

FIX = "dx[i + np.argmax(x[i:i+W])] += dy[i]"
START = "start from -np.inf or x[i]"
EACH_PLACE: Mapping[str, Evidence] = {
    "found": "np.argmax(windows, axis=0), one window for each place in it,",
    "asked": "np.argmax(windows, axis=1), one place for each window,",
}
AND_OUTSIDE: Mapping[str, Evidence] = {"besides": "equal values outside the window count too"}

ALONE = "dx[j] += dy[i] for the winner j of window i alone"
KEPT: Mapping[bool, Mapping[str, Evidence]] = {
    True: {"found": "dx[j] += dy[i] also where the winners of earlier windows stood in theirs,", "asked": ALONE},
    False: {"found": "dx[j] += dy[i] for the winners j of all earlier windows too,", "asked": ALONE},
}
"""What a mask that is never cleared sends. True: it is one of the window; False: of the whole signal."""


def max_pool(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong maximum pools return for one outcome."""
    x, window = outcome.probe.arguments["x"], int(outcome.probe.arguments["W"])
    right = outcome.right["y"]

    def largest(part: FloatArray) -> float:
        return float(part.max())

    slices = "max(x[i:i+W]) for i in range(n - W + 1)"
    found = [Candidate("WINDOW_OFF_BY_ONE", {"y": value}, slices) for value in wrong_windows(x, window, largest)]
    found += [Candidate("LAST_WINDOW_MISSING", {"y": value}, slices) for value in last_missing(right)]
    found += [Candidate("OTHER_FORMULA", {"y": value}, slices, FIRST_MISSING) for value in first_missing(right)]
    found += [Candidate("WINDOW_STRIDE", {"y": value}, slices) for value in apart(x, window, largest)]
    others: Iterable[Callable[[FloatArray], float]] = (
        lambda part: float(part.min()),
        lambda part: float(np.abs(part).max()),
        lambda part: float(part.mean()),
        lambda part: float(part.sum()),
    )
    found += [Candidate("POOL_OTHER_KIND", {"y": reduced(x, window, len(right), f)}, "np.max") for f in others]
    inside = reduced(x, window, len(right), lambda part: float(part.argmax()))
    return [
        *found,
        Candidate("POOL_PADDED", {"y": reduced(x, window, len(x), largest)}, slices),
        Candidate("POOL_INDEX", {"y": inside}, "np.max"),
        Candidate("POOL_INDEX", {"y": inside + np.arange(len(right))}, "np.max"),
        Candidate("POOL_ABOVE_ZERO", {"y": np.maximum(right, 0)}, START),
        Candidate("POOL_ABOVE_ZERO", {"y": np.maximum(right, _begun(outcome))}, START),
        Candidate("SIGN", {"y": -right}, "-y"),
    ]


def _begun(outcome: Outcome) -> float:
    """The least entry of the student's y, what a maximum may have begun with; -inf where the signal has it."""
    yours = outcome.yours.values["y"] if isinstance(outcome.yours, Tensors) else np.zeros(0)
    least = float(yours.min(initial=np.inf))
    return -np.inf if least in outcome.probe.arguments["x"] else least


def max_pool_backward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong derivatives of a maximum pool return for one outcome."""
    arguments = outcome.probe.arguments
    dy, x, window = arguments["dy"], arguments["x"], int(arguments["W"])

    def sent(winners: Callable[[int], Iterable[int]], upstream: FloatArray = dy, add: bool = True) -> FloatArray:
        dx = np.zeros(len(x))
        for i, value in enumerate(upstream):
            for j in winners(i):
                dx[j] = value + (dx[j] if add else 0.0)
        return dx

    def first(width: int) -> Callable[[int], list[int]]:
        return lambda i: [i + int(np.argmax(x[i : i + width]))] if width else [i]

    def equal(width: int) -> Callable[[int], list[int]]:
        return lambda i: [i + int(j) for j in np.flatnonzero(x[i : i + width] == x[i : i + width].max(initial=-np.inf))]

    def anywhere(width: int) -> Callable[[int], list[int]]:
        return lambda i: np.flatnonzero(x == x[i : i + width].max()).tolist()

    def shared(winners: Callable[[int], list[int]], counted: Callable[[int], list[int]]) -> FloatArray:
        counts = np.array([max(len(counted(i)), 1) for i in range(len(dy))], dtype=np.float64)
        return sent(winners, dy / counts)

    def reached(i: int) -> float:
        """The largest entry of a window, or what the search for it starts from."""
        return float(max(x[i : i + window].max(initial=-np.inf), 0.0))

    def reaching(i: int) -> list[int]:
        return [j for j in range(i, min(i + window, len(x))) if x[j] == reached(i)]

    def before(place: Callable[[int], list[int]], inside: bool) -> Callable[[int], list[int]]:
        """The winners of this window and of all before it; inside: the same places in this window as in theirs."""
        return lambda i: sorted({j + (i - k if inside else 0) for k in range(i + 1) for j in place(k)})

    def best_at(place: int) -> int:
        """The window whose entry at this place is the largest of all windows'."""
        return int(np.argmax(x[place : place + len(dy)]))

    by_place = [(best_at(place), place) for place in range(window if len(dy) else 0)]
    right = outcome.right["dx"]
    ones = np.ones_like(dy)
    return [
        Candidate("MAX_TIE", {"dx": sent(equal(window))}, FIX),
        Candidate("MAX_OUTSIDE_WINDOW", {"dx": sent(lambda i: anywhere(window)(i)[:1])}, FIX),
        Candidate("MAX_OUTSIDE_WINDOW", {"dx": sent(lambda i: anywhere(window)(i)[-1:])}, FIX),
        Candidate("MAX_OUTSIDE_WINDOW", {"dx": sent(anywhere(window))}, FIX),
        Candidate("MAX_OUTSIDE_WINDOW", {"dx": shared(anywhere(window), anywhere(window))}, FIX),
        Candidate("MAX_OUTSIDE_WINDOW", {"dx": shared(equal(window), anywhere(window))}, FIX),
        Candidate("POOL_ABOVE_ZERO", {"dx": sent(reaching)}, START),
        Candidate("POOL_ABOVE_ZERO", {"dx": sent(lambda i: reaching(i)[:1])}, START),
        Candidate("POOL_ABOVE_ZERO", {"dx": sent(lambda i: reaching(i)[:1] or [i])}, START),
        Candidate(
            "POOL_ABOVE_ZERO", {"dx": sent(lambda i: np.flatnonzero(x == reached(i)).tolist())}, START, AND_OUTSIDE
        ),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": sent(first(window + 1))}, FIX),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": sent(equal(window + 1))}, FIX),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": sent(anywhere(window + 1))}, FIX, AND_OUTSIDE),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": sent(first(window - 1))}, FIX),
        *(
            Candidate("OTHER_FORMULA", {"dx": sent(before(place(window), inside))}, FIX, KEPT[inside])
            for place in (first, equal)
            for inside in (True, False)
        ),
        Candidate("OTHER_FORMULA", {"dx": sent(lambda i: [i + k for j, k in by_place if j == i])}, FIX, EACH_PLACE),
        Candidate("POOL_SIGN", {"dx": -right}, FIX),
        Candidate("WINDOW_START_NOT_ADDED", {"dx": sent(lambda i: [int(np.argmax(x[i : i + window]))])}, FIX),
        Candidate("MAX_OF_WHOLE_SIGNAL", {"dx": sent(lambda i: [int(np.argmax(x))])}, FIX),
        Candidate("NOT_ACCUMULATED", {"dx": sent(first(window), add=False)}, FIX),
        Candidate("UPSTREAM_IGNORED", {"dx": sent(first(window), ones)}, FIX),
        Candidate("UPSTREAM_IGNORED", {"dx": sent(first(window), ones, add=False)}, FIX),
        Candidate("POOL_OTHER_KIND", {"dx": sent(lambda i: range(i, i + window)) / window}, FIX),
        Candidate("POOL_OTHER_KIND", {"dx": sent(lambda i: range(i, i + window))}, FIX),
        Candidate("POOL_OTHER_KIND", {"dx": sent(lambda i: [i + int(np.argmin(x[i : i + window]))])}, FIX),
    ]
