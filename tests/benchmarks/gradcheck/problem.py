"""What a gradient checker is given: a scalar loss, what is said to be its gradient, and a point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Unusable(Exception):
    """A student's function did not return what can be checked: nothing, another count, another shape, no number."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A loss and its gradient by the arrays of `point`. Both copy what they are given, so no checker is hurt.

    loss: (arrays) -> number. gradient: (arrays) -> arrays of their shapes; raises Unusable, or what the student raised.
    single: the student computes in float32. seed: for a checker that draws a direction or coordinates.
    """

    point: tuple[FloatArray, ...]
    loss: Callable[[Sequence[FloatArray]], float]
    gradient: Callable[[Sequence[FloatArray]], tuple[FloatArray, ...]]
    single: bool = False
    seed: int = 0

    @property
    def size(self) -> int:
        """Numbers in the point."""
        return sum(array.size for array in self.point)

    def flat(self) -> FloatArray:
        """The point as one vector."""
        return np.concatenate([array.ravel() for array in self.point])

    def parted(self, vector: FloatArray) -> list[FloatArray]:
        """A vector as arrays of the point's shapes, which are its own."""
        ends = np.cumsum([array.size for array in self.point])[:-1]
        parts = np.split(np.array(vector, dtype=np.float64), ends)
        return [part.reshape(array.shape).copy() for part, array in zip(parts, self.point, strict=True)]


Accepts = Callable[[Problem], bool]
"""A checker: whether it accepts the gradient. What a student's code raises passes through."""


def accepted(accepts: Accepts, problem: Problem) -> bool:
    """The verdict of a checker; code that raises is not accepted."""
    try:
        with np.errstate(all="ignore"):
            return bool(accepts(problem))
    except Exception:  # whatever a student's code, or a checker over what it returned, raises
        return False
