"""A validation set that a right training improves on at every step, in accuracy and in loss.

Who keeps the parameters of the best epoch, or stops where nothing improves, then keeps the last ones and does not stop:
a loop's steps can be followed without forbidding either.
"""

from collections.abc import Callable, Sequence

import numpy as np

from grader.results import FloatArray
from grader.standing import Parameters
from reference.data import Dataset

CANDIDATES = 1_000
"""Rows to choose from; about one in a hundred changes its class in a step of a usual rate."""

MOST_A_STEP = 4

DRAWS = 20

Probabilities = Callable[[FloatArray, Parameters], FloatArray]
"""Of inputs (N, D) and parameters: (N, C)."""


def improving(
    states: Sequence[Parameters], probabilities: Probabilities, shape: tuple[int, int], rng: np.random.Generator
) -> Dataset | None:
    """Rows labelled so that the first of `states` predicts some of them and each one more than the one before, while
    each label's probability rises throughout; None where no such rows are found.

    states: the parameters before the first step and after each. shape: inputs of a row, and classes.
    """
    inputs, classes = shape
    for _ in range(DRAWS):
        rows = rng.standard_normal((CANDIDATES, inputs))
        p = np.stack([probabilities(rows, state) for state in states])  # (steps + 1, N, C)
        taken = [_changing(p, step) for step in range(len(states))]
        if all(found.size for found in taken):
            chosen = np.concatenate(taken)
            return Dataset(rows[chosen], p[-1, chosen].argmax(axis=1), classes)
    return None


def _changing(p: FloatArray, step: int) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """The rows whose last class wins from `step` on and rises throughout, those that it wins most clearly first."""
    predicted = p.argmax(axis=2)
    last = predicted[-1]
    own = p[:, np.arange(p.shape[1]), last]
    rises = np.all(np.diff(own, axis=0) > 0, axis=0)
    late = np.all(predicted[:step] != last, axis=0) & np.all(predicted[step:] == last, axis=0)
    found = np.flatnonzero(rises & late)
    two = np.sort(p[step, found], axis=1)[:, -2:]
    return found[np.argsort(two[:, 0] - two[:, 1])][:MOST_A_STEP]
