"""What a training loop may take in place of the whole training set, or make of it, in words."""

from collections.abc import Mapping

import numpy as np

from grader.checks.steps.slopes import Data
from grader.results import FloatArray

NO_ZERO = 1e-8
"""What is mostly added to a standard deviation before one divides by it."""


def other_data(rows: Data, valid: Data) -> Mapping[str, Data]:
    """Other examples than `rows`; valid: the validation set."""
    (x, t), (xv, tv) = rows, valid
    half = len(x) // 2
    return {
        "the validation set": (xv, tv),
        "the first half of the examples": (x[:half], t[:half]),
        "the second half of the examples": (x[half:], t[half:]),
        "all examples but the last": (x[:-1], t[:-1]),
        "all examples but the first": (x[1:], t[1:]),
        "the first example": (x[:1], t[:1]),
        "the last example": (x[-1:], t[-1:]),
        "every other example": (x[::2], t[::2]),
        **{f"the first {size} examples": (x[:size], t[:size]) for size in (10, 16, 20, 32, 50, 64, 100, 128)},
        "training and validation set together": (np.concatenate([x, xv]), np.concatenate([t, tv])),
        "the examples in another order than their targets": (x[::-1], t),
        **{f"the examples {how}": (inputs, t) for how, inputs in _scaled(x).items()},
    }


def _scaled(x: FloatArray) -> Mapping[str, FloatArray]:
    """The inputs (N, D) as loops prepare them that were written for other data."""
    centred = x - x.mean(axis=0)
    return {
        "standardised, column by column": centred / (x.std(axis=0) + NO_ZERO),
        "less their mean": centred,
        "divided by 255": x / 255,
        "divided by their largest value": x / x.max(),
        "divided by their largest absolute value": x / np.abs(x).max(),
        "scaled to [0, 1]": (x - x.min()) / (x.max() - x.min()),
        "each divided by its length": x / np.linalg.norm(x, axis=1, keepdims=True),
    }
