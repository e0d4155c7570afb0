"""The right numbers kept within limits: cut at a bound, small ones set to 0, rounded, or in fewer bits."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation

PLACES = range(7)

UNROUNDED = 1e-11
"""What rounded numbers may be off by after a term was worked out backwards: 1e-5 of the last place."""


def limits(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Rounding first, for rounded numbers also look cut."""
    yield from rounded(name, wrong)
    yield from _cut(name, wrong)
    yield from _small_dropped(name, wrong)


def rounded(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Rounded ones, where the returned numbers themselves have no further places: others are near those by chance."""
    for places in PLACES:
        if all(np.allclose(pair.yours, np.round(pair.yours, places), rtol=0, atol=UNROUNDED) for pair in wrong):
            found = f"{name} rounded to {places} places" if places else f"{name} in whole numbers"
            yield Relation(found, lambda pair, places=places: np.round(pair.right, places))
            yield Relation(f"{name} without its fraction", lambda pair: np.trunc(pair.right))
            return
    if all(np.array_equal(pair.yours, _half(pair.yours)) for pair in wrong):
        # A sum of halves is rounded on its way as well: it is near, not equal, and counts as the half it lies next to.
        yield Relation(f"{name} in half precision (float16)", _in_half)


def _half(values: FloatArray) -> FloatArray:
    return np.asarray(values.astype(np.float16), dtype=np.float64)


HALF_ERROR = 2.0**-7
"""Relative to the largest entry; float16 keeps 11 bits, and a sum of a dozen products loses some more."""


def _in_half(pair: Pair) -> FloatArray:
    near = np.max(np.abs(pair.yours - pair.right), initial=0.0) <= HALF_ERROR * np.max(np.abs(pair.right), initial=0.0)
    return pair.yours if near and np.array_equal(pair.yours, _half(pair.yours)) else _half(pair.right)


def _cut(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """The least and the largest number returned are the bounds, where right ones lie beyond."""
    low = min(float(pair.yours.min()) for pair in wrong)
    high = max(float(pair.yours.max()) for pair in wrong)
    below = min(float(pair.right.min()) for pair in wrong) < low
    above = max(float(pair.right.max()) for pair in wrong) > high
    at_bounds = sum(int(np.sum((below & _near(p, low)) | (above & _near(p, high)))) for p in wrong)
    if low == high or not (below or above) or at_bounds < FEWEST_AT_BOUNDS:
        return
    bounds = (low if below else -np.inf, high if above else np.inf)
    between = (
        f"{low:.4g} ... {high:.4g}" if below and above else f"at least {low:.4g}" if below else f"at most {high:.4g}"
    )
    yield Relation(f"{name} cut to {between}", lambda pair: np.clip(pair.right, *bounds), constants=2)


def _near(pair: Pair, bound: float) -> NDArray[np.bool_]:
    """Where what was returned is this bound; terms that are worked out backwards carry a rounding error."""
    return np.isclose(pair.yours, bound, rtol=1e-9, atol=1e-12)


FEWEST_AT_BOUNDS = 4
"""Numbers that lie on the bounds: the least and the largest number lie there always."""


def _small_dropped(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """Entries below some size are 0, and all larger ones are right."""
    right = np.abs(np.concatenate([pair.right.ravel() for pair in wrong]))
    yours = np.concatenate([pair.yours.ravel() for pair in wrong])
    dropped, kept = right[yours == 0], right[yours != 0]
    if not dropped.size or not kept.size or dropped.max() >= kept.min():
        return
    bound = float(kept.min())
    found = f"{name} with entries below about {(float(dropped.max()) + bound) / 2:.1g} set to 0"
    yield Relation(found, lambda pair: np.where(np.abs(pair.right) < bound, 0.0, pair.right), 1)
