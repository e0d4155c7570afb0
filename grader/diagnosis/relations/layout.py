"""The right numbers at other places, or right in some rows or columns only."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.mismatch import FloatArray, same
from grader.diagnosis.relation import Pair, Relation

MOVES: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
    ("{} with its rows in reverse order", lambda r: r[::-1]),
    ("{} with its columns in reverse order", lambda r: r[:, ::-1]),
    ("{} turned by half a turn", lambda r: r[::-1, ::-1]),
    ("{} with every row moved down by one", lambda r: np.roll(r, 1, axis=0)),
    ("{} with every row moved up by one", lambda r: np.roll(r, -1, axis=0)),
    ("{} with every column moved right by one", lambda r: np.roll(r, 1, axis=1)),
    ("{} with every column moved left by one", lambda r: np.roll(r, -1, axis=1)),
    ("{} read in column order and laid out in rows", lambda r: r.T.reshape(r.shape)),
    ("the running sum of {} along each row", lambda r: np.cumsum(r, axis=-1)),
    ("the running sum of {} down each column", lambda r: np.cumsum(r, axis=0)),
    ("{} with each row sorted", lambda r: np.sort(r, axis=-1)),
)

Where = Callable[[int], NDArray[np.bool_]]

PLACES: tuple[tuple[str, Where], ...] = (
    ("the first {}", lambda n: np.arange(n) == 0),
    ("the last {}", lambda n: np.arange(n) == n - 1),
    ("the first half of the {}s", lambda n: np.arange(n) < n // 2),
    ("the first half of the {}s", lambda n: np.arange(n) < (n + 1) // 2),
    ("the second half of the {}s", lambda n: np.arange(n) >= n // 2),
    ("the second half of the {}s", lambda n: np.arange(n) >= (n + 1) // 2),
    ("every second {}, from the first", lambda n: np.arange(n) % 2 == 0),
    ("every second {}, from the second", lambda n: np.arange(n) % 2 == 1),
    ("all {}s but the first", lambda n: np.arange(n) > 0),
    ("all {}s but the last", lambda n: np.arange(n) < n - 1),
)
"""Places along an axis of n entries; halves of an odd number either way."""

LONG_ENOUGH = 3
"""Along fewer entries a first, a last and every second are hard to tell apart."""


def layout(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Moves of whole rows and columns; then rows or columns that are 0, or anything else, while the rest is right."""
    for found, move in MOVES:
        yield Relation(found.replace("{}", name), lambda pair, move=move: move(pair.right))
    for axis, line in ((0, "row"), (1, "column")):
        if all(pair.right.ndim > 1 for pair in wrong):  # in a list of losses all follow from the first that is wrong
            yield from _partly(name, wrong, axis, line)


def _partly(name: str, wrong: Sequence[Pair], axis: int, line: str) -> Iterator[Relation]:
    """The first place that holds exactly what is wrong, along an axis that is long enough on two probes."""
    masks = [_wrong_along(pair, axis) for pair in wrong]
    if sum(len(mask) >= LONG_ENOUGH for mask in masks) < 2:
        return
    for place, where in PLACES:
        if all(np.array_equal(mask, where(len(mask))) for mask in masks):
            zero = all(not np.any(np.compress(where(len(m)), p.yours, axis)) for m, p in zip(masks, wrong, strict=True))
            stands = "0" if zero else "something else"
            found = f"{name} with {stands} in {place.replace('{}', line)}"
            yield Relation(found, lambda pair, where=where: _mixed(pair, where, axis))
            return


def _wrong_along(pair: Pair, axis: int) -> NDArray[np.bool_]:
    lines = zip(np.moveaxis(pair.yours, axis, 0), np.moveaxis(pair.right, axis, 0), strict=True)
    return np.array([not same(yours, right) for yours, right in lines], dtype=bool)


def _mixed(pair: Pair, where: Where, axis: int) -> FloatArray:
    """What was returned in one place, what is right elsewhere."""
    shape = [1] * pair.right.ndim
    shape[axis] = pair.right.shape[axis]
    return np.where(where(shape[axis]).reshape(shape), pair.yours, pair.right)
