"""Known wrong average pooling, forward and backward; results are called y and dx."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.windows import FIRST_MISSING, apart, first_missing, last_missing, reduced, wrong_windows
from grader.report import Evidence

TOO_WIDE: Mapping[str, Evidence] = {"besides": "the window is one entry too wide"}


def average_pool(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong average pools return for one outcome."""
    x, window = outcome.probe.arguments["x"], int(outcome.probe.arguments["W"])
    right = outcome.right["y"]

    def mean(part: FloatArray) -> float:
        return float(part.mean())

    def over_window(part: FloatArray) -> float:
        return float(part.sum() / window)

    slices = "x[i:i+W] for i in range(n - W + 1)"
    off = [value for reduce in (over_window, mean) for value in wrong_windows(x, window, reduce)]
    found = [Candidate("WINDOW_OFF_BY_ONE", {"y": value}, slices) for value in off]
    found += [Candidate("LAST_WINDOW_MISSING", {"y": value}, slices) for value in last_missing(right)]
    found += [Candidate("OTHER_FORMULA", {"y": value}, slices, FIRST_MISSING) for value in first_missing(right)]
    found += [Candidate("WINDOW_STRIDE", {"y": value}, slices) for value in apart(x, window, mean)]
    box = np.ones(window) / window
    found += [Candidate("POOL_PADDED", {"y": np.convolve(x, box, mode)}, slices) for mode in ("same", "full")]
    return [
        *found,
        Candidate("POOL_PADDED", {"y": reduced(x, window, len(x), over_window)}, slices),
        Candidate("WINDOW_NOT_AVERAGED", {"y": window * right}, "/ W"),
        Candidate("DIVIDES_BY_LENGTH", {"y": window * right / len(x)}, "/ W"),
        Candidate("SIGN", {"y": -right}, "-y"),
        Candidate("POOL_OTHER_KIND", {"y": reduced(x, window, len(right), lambda part: float(part.max()))}, "np.mean"),
    ]


def average_pool_backward(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong derivatives of an average pool return for one outcome."""
    arguments = outcome.probe.arguments
    dy, length, window = arguments["dy"], int(arguments["n"]), int(arguments["W"])
    right = outcome.right["dx"]
    fix = "dx[i:i+W] += dy[i] / W"

    def spread(width: int, divisor: int, upstream: FloatArray = dy) -> FloatArray:
        dx = np.zeros(length)
        for i, value in enumerate(upstream):
            dx[i : i + width] += value / divisor
        return dx

    def overwritten(width: int) -> FloatArray:
        dx = np.zeros(length)
        for i, value in enumerate(dy):
            dx[i : i + width] = value / window
        return dx

    return [
        Candidate("POOL_SIGN", {"dx": -right}, fix),
        Candidate("POOL_SIGN", {"dx": -spread(window + 1, window)}, fix, TOO_WIDE),
        Candidate("POOL_SIGN", {"dx": -spread(window + 1, window + 1)}, fix, TOO_WIDE),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": spread(window + 1, window)}, fix),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": spread(window + 1, window + 1)}, fix),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": spread(window - 1, window)}, fix),
        Candidate("WINDOW_OFF_BY_ONE", {"dx": spread(window - 1, max(window - 1, 1))}, fix),
        Candidate("WINDOW_NOT_AVERAGED", {"dx": window * right}, fix),
        Candidate("DIVIDES_BY_LENGTH", {"dx": window * right / length}, fix),
        Candidate("NOT_ACCUMULATED", {"dx": overwritten(window)}, fix),
        Candidate("UPSTREAM_IGNORED", {"dx": spread(window, window, np.ones_like(dy))}, fix),
        Candidate("ONE_ENTRY_OF_WINDOW", {"dx": spread(1, window)}, fix),
        Candidate("ONE_ENTRY_OF_WINDOW", {"dx": spread(1, 1)}, fix),
    ]
