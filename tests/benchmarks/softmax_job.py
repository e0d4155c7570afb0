"""The job that every contestant does: load a small file, call its softmax with an (N, C) = (8, 10) array."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SOURCE = '''\
"""Softmax as a student writes it."""

import numpy as np


def softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def relu(x):
    return np.maximum(x, 0.0)
'''

LOGITS: NDArray[np.float64] = np.linspace(-3.0, 3.0, 80).reshape(8, 10)
_EXPONENTIALS = np.exp(LOGITS)
PROBABILITIES: NDArray[np.float64] = _EXPONENTIALS / _EXPONENTIALS.sum(axis=1, keepdims=True)

CLOSE = 1e-12
"""Two ways to sum ten numbers differ by a few units of 1e-16."""


class Contestant(Protocol):
    """Does the job again and again, each time in a process that has seen no other submission."""

    def one(self) -> float:
        """Do the job; seconds from the request to the first result in our hands. Raises if the result is wrong."""
        ...

    def close(self) -> None:
        """End everything that was started."""
        ...


Start = Callable[[], Contestant]


def require_right(result: object) -> None:
    """Raise unless `result` is the softmax of LOGITS; NaN is not."""
    array = result if isinstance(result, np.ndarray) else np.empty(0)
    if array.shape != PROBABILITIES.shape or not np.all(np.abs(array - PROBABILITIES) <= CLOSE):
        raise RuntimeError(f"a contestant answered {result!r}")
