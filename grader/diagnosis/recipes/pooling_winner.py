"""Which entry of a window is taken for its maximum, and the ways in which that goes wrong."""

from collections.abc import Callable

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, Way

Search = Callable[[FloatArray], int]


def _last_where(found: np.ndarray) -> int:
    return int(np.flatnonzero(found)[-1]) if found.any() else 0


SEARCHES: dict[str, Search] = {
    "the last entry that is larger than the window's first": lambda v: _last_where(v > v[0]),
    "the first entry that is larger than the window's first": lambda v: int(np.argmax(v > v[0])),
    "the last entry that is larger than the one before it": lambda v: _last_where(
        np.concatenate([[False], v[1:] > v[:-1]])
    ),
}
"""Where a search ends that compares each entry of a window with another one than the largest so far."""


def _centred(x: FloatArray, i: int, w: int) -> int:
    return _first(x, i - w // 2, i + w // 2 + 1)


def _first(x: FloatArray, start: int, end: int) -> int:
    """The index of the first largest entry of a slice, which begins at 0 at the earliest."""
    return max(start, 0) + int(np.argmax(x[max(start, 0) : end]))


def _within(search: Search) -> Callable[[FloatArray, FloatArray, int, int], int]:
    return lambda x, dy, i, w: i + search(x[i : i + w])


WINNER = Step(
    "winner",
    "np.argmax(x[i:i+W])",
    lambda x, dy, i, w: i + int(np.argmax(x[i : i + w])),
    (
        Way("WINDOW_START_NOT_ADDED", "i is not added", lambda x, dy, i, w: int(np.argmax(x[i : i + w]))),
        Way("WINDOW_OFF_BY_ONE", "x[i:i+W+1]", lambda x, dy, i, w: i + int(np.argmax(x[i : i + w + 1]))),
        Way("WINDOW_OFF_BY_ONE", "x[i:i+W-1]", lambda x, dy, i, w: i + int(np.argmax(x[i : i + w - 1]))),
        Way("WINDOW_OFF_BY_ONE", "x[i-1:i+W]", lambda x, dy, i, w: _first(x, i - 1, i + w)),
        Way("POOL_OTHER_KIND", "np.argmin(x[i:i+W])", lambda x, dy, i, w: i + int(np.argmin(x[i : i + w]))),
        Way("OTHER_FORMULA", "np.argmax(dy[i:i+W])", lambda x, dy, i, w: i + int(np.argmax(dy[i : i + w]))),
        Way("OTHER_FORMULA", "np.argmax(abs(x[i:i+W]))", lambda x, dy, i, w: i + int(np.argmax(np.abs(x[i : i + w])))),
        Way("MAX_OUTSIDE_WINDOW", "np.argmax(x[i:])", lambda x, dy, i, w: i + int(np.argmax(x[i:]))),
        Way("OTHER_FORMULA", "np.argmax(x[i+1:i+W])", lambda x, dy, i, w: i + 1 + int(np.argmax(x[i + 1 : i + w]))),
        Way("MAX_OUTSIDE_WINDOW", "np.argmax(x[:i+W])", lambda x, dy, i, w: int(np.argmax(x[: i + w]))),
        Way("OTHER_FORMULA", "np.argmax(x[i-W//2:i+W//2+1])", lambda x, dy, i, w: _centred(x, i, w)),
        Way("OTHER_FORMULA", "i alone", lambda x, dy, i, w: i),
        Way("OTHER_FORMULA", "i + W - 1", lambda x, dy, i, w: i + w - 1),
        Way("OTHER_FORMULA", "i + W // 2", lambda x, dy, i, w: i + w // 2),
        Way("OTHER_FORMULA", "i + argmax + 1", lambda x, dy, i, w: i + int(np.argmax(x[i : i + w])) + 1),
        *(Way("OTHER_FORMULA", found, _within(search)) for found, search in SEARCHES.items()),
    ),
)
