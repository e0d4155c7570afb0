"""Known wrong formulas of ReLU and softmax."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from reference.softmax import softmax


def relu(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong ReLUs return for one outcome."""
    (x,), (a,) = outcome.probe.arguments.values(), outcome.right
    right = np.maximum(x, 0)
    formulas: tuple[tuple[str, FloatArray], ...] = (
        ("RELU_IDENTITY", x),
        ("RELU_INT_TRUNCATION", np.trunc(right)),
        ("RELU_NEGATIVE_PART", np.minimum(x, 0)),
        ("RELU_STEP", (x > 0).astype(np.float64)),
        ("RELU_ABSOLUTE", np.abs(x)),
        ("RELU_LEAKY", np.where(x > 0, x, 0.01 * x)),
    )
    return [Candidate(code, {a: value}, "np.maximum(x, 0)") for code, value in formulas]


def softmax_candidates(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong softmaxes return for one outcome."""
    (z,), (name,) = outcome.probe.arguments.values(), outcome.right
    p = softmax(z)
    exponentials = np.exp(z - z.max())
    by_row = "np.sum(e, axis=1, keepdims=True)"
    formulas: tuple[tuple[str, FloatArray, str | None], ...] = (
        ("SOFTMAX_AXIS", softmax(z.T).T, by_row),
        ("SOFTMAX_WHOLE_MATRIX", exponentials / exponentials.sum(), by_row),
        ("SOFTMAX_NOT_NORMALISED", np.exp(z), "e / " + by_row),
        ("SOFTMAX_NOT_NORMALISED", np.exp(z - z.max(axis=1, keepdims=True)), "e / " + by_row),
        ("SOFTMAX_NOT_NORMALISED", exponentials, "e / " + by_row),
        ("SOFTMAX_LOG", np.log(p), None),
        ("SOFTMAX_TWICE", softmax(p), None),
        ("SOFTMAX_SIGN", softmax(-z), None),
        ("SOFTMAX_IS_SIGMOID", 1 / (1 + np.exp(-z)), None),
    )
    return [Candidate(code, {name: value}, fix) for code, value, fix in formulas]
