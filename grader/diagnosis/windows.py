"""Windows of a signal as wrong code cuts them: one entry too wide, too narrow, cut off at the end, without overlap."""

from collections.abc import Callable, Mapping

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.report import Evidence

Reduce = Callable[[FloatArray], float]


def reduced(x: FloatArray, width: int, count: int, reduce: Reduce) -> FloatArray:
    """reduce(x[i : i+width]) for i = 0 .. count-1, slices cut off at the end as Python does; NaN of an empty one."""
    slices = [x[i : i + width] for i in range(max(count, 0))]
    return np.array([reduce(part) if len(part) else np.nan for part in slices])


def wrong_windows(x: FloatArray, window: int, reduce: Reduce) -> list[FloatArray]:
    """Windows of W + 1 entries (as many of them as asked for, or as fit) and of W - 1."""
    count = len(x) - window + 1
    widths = ((window + 1, count), (window + 1, count - 1), (window - 1, count), (window - 1, count + 1))
    return [reduced(x, width, many, reduce) for width, many in widths]


def last_missing(right: FloatArray) -> list[FloatArray]:
    """One window too few: the last entry is missing, or left at zero."""
    return [right[:-1], np.append(right[:-1], 0.0)]


FIRST_MISSING: Mapping[str, Evidence] = {
    "found": "the windows that begin with x[1] or later, without the first one,",
    "asked": "a window from each entry on, from x[0] to x[n - W],",
}


def first_missing(right: FloatArray) -> list[FloatArray]:
    """The window that begins with the signal's first entry is missing, or left at zero."""
    return [right[1:], np.append(0.0, right[1:])]


def apart(x: FloatArray, window: int, reduce: Reduce) -> list[FloatArray]:
    """Windows that do not overlap, with and without a last one that is cut off."""
    starts = range(0, len(x), window)
    found = [np.array([reduce(x[i : i + window]) for i in starts])]
    return [*found, np.array([reduce(x[i : i + window]) for i in starts if i + window <= len(x)])]
