"""Softmax step by step: logits, exponentials, the sum they are divided by."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.scales import PRECISION, SIGN
from grader.diagnosis.recipes.softmaxes import exp_less_largest, sigmoid
from reference.softmax import softmax as right_softmax

LOGITS = Step(
    "logits",
    "z",
    lambda z: z,
    (
        Way("SOFTMAX_SIGN", "-z", lambda z: -z),
        Way("OTHER_FORMULA", "z / 2", lambda z: z / 2),
        Way("OTHER_FORMULA", "2 * z", lambda z: 2 * z),
        Way("OTHER_FORMULA", "|z|", np.abs),
        Way("OTHER_FORMULA", "z ** 2", np.square),
        Way("OTHER_FORMULA", "relu(z)", lambda z: np.maximum(z, 0)),
        Way("OTHER_FORMULA", "z / N", lambda z: z / len(z)),
        Way("OTHER_FORMULA", "z / C", lambda z: z / z.shape[1]),
        Way("OTHER_FORMULA", "z / 10", lambda z: z / 10),
        Way("OTHER_FORMULA", "z / max(z) of each row", lambda z: z / z.max(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "z / sum(z) of each row", lambda z: z / z.sum(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "z - max(z) of each column", lambda z: z - z.max(axis=0, keepdims=True)),
        Way("OTHER_FORMULA", "z * log(2)", lambda z: z * np.log(2)),
        Way("OTHER_FORMULA", "z * log(10)", lambda z: z * np.log(10)),
        Way("SOFTMAX_TWICE", "softmax(z)", right_softmax),
        Way("OTHER_FORMULA", "max(z) - z, without the minus", lambda z: z.max(axis=1, keepdims=True) - z),
        Way("OTHER_FORMULA", "tanh(z)", np.tanh),
        Way("OTHER_FORMULA", "z cut to -1 ... 1", lambda z: np.clip(z, -1, 1)),
    ),
)


def _shifted(z: FloatArray) -> FloatArray:
    return np.asarray(z - z.max(axis=1, keepdims=True))


# The exponentials are e and the numerators may be others: without a shift, a constant inside the sum shows.
EXPONENTIALS = Step(
    "exponentials",
    "exp(z)",
    lambda z: np.exp(_shifted(z)),
    (
        Way("OTHER_FORMULA", "z itself, without exp", lambda z: z),
        Way("OTHER_FORMULA", "z - max(z), without exp", _shifted),
        Way("OTHER_FORMULA", "z - min(z), without exp", lambda z: z - z.min(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "exp(z) + 1", lambda z: np.exp(z) + 1),
        Way("OTHER_FORMULA", "exp(z) - 1", np.expm1),
        Way("OTHER_FORMULA", "exp(z) - max(exp(z))", lambda z: np.exp(z) - np.exp(z).max(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "exp(z) - max(z)", exp_less_largest),
        Way("SOFTMAX_IS_SIGMOID", "sigmoid(z)", sigmoid),
        Way("OTHER_FORMULA", "exp(z) without a shift", np.exp),
        Way("OTHER_FORMULA", "exp(z - max of the matrix)", lambda z: np.exp(z - z.max())),
    ),
)


def _running(e: FloatArray) -> FloatArray:
    """A sum that is not set back to 0 for each row."""
    return np.asarray(np.cumsum(e.sum(axis=1))[:, np.newaxis])


SUM = Step(
    "sum",
    "the sum of each row",
    lambda e: e.sum(axis=1, keepdims=True),
    (
        Way("SOFTMAX_AXIS", "the sum of each column", lambda e: e.sum(axis=0, keepdims=True)),
        Way("SOFTMAX_WHOLE_MATRIX", "the sum of the whole matrix", lambda e: e.sum()),
        Way("SOFTMAX_NOT_NORMALISED", "1", lambda e: 1.0),
        Way("SOFTMAX_NOT_NORMALISED", "C", lambda e: e.shape[1]),
        Way("SOFTMAX_NOT_NORMALISED", "N", len),
        Way("SOFTMAX_NOT_NORMALISED", "the largest of each row", lambda e: e.max(axis=1, keepdims=True)),
        Way("SOFTMAX_NOT_NORMALISED", "the mean of each row", lambda e: e.mean(axis=1, keepdims=True)),
        Way("SOFTMAX_NOT_NORMALISED", "the mean of the matrix", lambda e: e.mean()),
        Way("SOFTMAX_NOT_NORMALISED", "the norm of each row", lambda e: np.sqrt((e**2).sum(axis=1, keepdims=True))),
        Way("OTHER_FORMULA", "1 + the sum of each row", lambda e: 1 + e.sum(axis=1, keepdims=True)),
        *(
            Way("OTHER_FORMULA", f"{e} + the sum of each row", lambda v, e=e: e + v.sum(axis=1, keepdims=True))
            for e in (0.1, 0.01, 1e-3, 1e-4)
        ),
        Way("OTHER_FORMULA", "the running sum of the rows so far", _running),
        Way("OTHER_FORMULA", "the sum of the other entries", lambda e: e.sum(axis=1, keepdims=True) - e),
        Way("OTHER_FORMULA", "the sum of each row without its last", lambda e: e[:, :-1].sum(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "the sum of each row without its first", lambda e: e[:, 1:].sum(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "the sum of the first row", lambda e: e[:1].sum(axis=1, keepdims=True)),
        Way("OTHER_FORMULA", "the product of each row", lambda e: e.prod(axis=1, keepdims=True)),
    ),
)

RESULT = Step(
    "result",
    "e / sum",
    lambda p: p,
    (
        Way("SOFTMAX_LOG", "log(e / sum)", np.log),
        Way("OTHER_FORMULA", "1 - e / sum", lambda p: 1 - p),
        Way("OTHER_FORMULA", "e / sum / N", lambda p: p / len(p)),
        Way("OTHER_FORMULA", "e / sum * N", lambda p: p * len(p)),
        Way("OTHER_FORMULA", "sum / e", lambda p: 1 / p),
        Way("SOFTMAX_TWICE", "softmax(e / sum)", right_softmax),
        Way("OTHER_FORMULA", "(e / sum) ** 2", np.square),
        Way("OTHER_FORMULA", "sqrt(e / sum)", np.sqrt),
        Way("OTHER_FORMULA", "e / sum + 1", lambda p: p + 1),
        Way("OTHER_FORMULA", "e / sum - 1", lambda p: p - 1),
        Way("OTHER_FORMULA", "the one-hot row of the largest", lambda p: np.eye(p.shape[1])[p.argmax(axis=1)]),
        Way("FACTOR_TWO", "2 * e / sum", lambda p: 2 * p),
        Way("FACTOR_HALF", "e / sum / 2", lambda p: p / 2),
        Way("TRANSPOSED", "the transpose", lambda p: p.T),
        Way("OTHER_FORMULA", "the flat array", lambda p: p.ravel()),
        Way("OTHER_FORMULA", "the largest entry of each row", lambda p: p.max(axis=1)),
        Way("OTHER_FORMULA", "the class of the largest", lambda p: p.argmax(axis=1)),
        Way("OTHER_FORMULA", "p * (1 - p)", lambda p: p * (1 - p)),
    ),
)


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    z = use["logits"](outcome.probe.arguments["logits"])
    e = use["exponentials"](z)
    p = use["precision"](use["sign"](use["result"](e / use["sum"](e))))
    return {"p": p}


SOFTMAX = Recipe((LOGITS, EXPONENTIALS, SUM, RESULT, SIGN, PRECISION), _cook)
