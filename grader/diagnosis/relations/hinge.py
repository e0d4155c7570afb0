"""Two straight pieces of one argument: where ReLU bends, and by how much."""

from collections.abc import Iterator, Sequence

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.relation import Pair, Relation


def hinge(name: str, wrong: Sequence[Pair]) -> Iterator[Relation]:
    """max(x, s x), max(x + c, 0), and x with a constant c below 0; for arrays that are max(x, 0) of an argument x."""
    first = max(wrong, key=lambda pair: pair.right.size)
    for argument, x in first.beside.items():
        if x.shape == first.right.shape and x.size and np.array_equal(first.right, np.maximum(x, 0)):
            low, high = (np.unravel_index(int(at), x.shape) for at in (x.argmin(), x.argmax()))
            slope = float(first.yours[low] / x[low]) if x[low] < 0 else 0.0
            if slope and slope < 1:  # max(x, 2 x) is another function
                found = f"max({argument}, {slope:.4g} * {argument})"
                yield Relation(found, lambda p, a=argument, s=slope: _leaky(p.beside[a], s), 1, "RELU_LEAKY")
            below = float(first.yours[low])
            if x[low] < 0 and below:
                found = f"{argument} where {argument} > 0, else {below:.4g}"
                yield Relation(found, lambda p, a=argument, c=below: np.where(p.beside[a] > 0, p.beside[a], c), 1)
            shift = float(first.yours[high] - x[high])
            yield Relation(
                f"max({argument} {shift:+.4g}, 0)", lambda p, a=argument, c=shift: np.maximum(p.beside[a] + c, 0), 1
            )


def _leaky(x: FloatArray, slope: float) -> FloatArray:
    return np.where(x > 0, x, slope * x)
