"""A linear layer: the product, the bias, and what is made of their sum."""

from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.scales import PRECISION

PRODUCT = Step(
    "product",
    "x @ w",
    lambda x, w: x @ w,
    (
        Way("OTHER_FORMULA", "-(x @ w)", lambda x, w: -(x @ w)),
        Way("OTHER_FORMULA", "x @ w / D", lambda x, w: x @ w / len(w)),
        Way("OTHER_FORMULA", "x @ w / N", lambda x, w: x @ w / len(x)),
        Way("OTHER_FORMULA", "x @ w / H", lambda x, w: x @ w / w.shape[1]),
        Way("OTHER_FORMULA", "x @ w / sqrt(D)", lambda x, w: x @ w / np.sqrt(len(w))),
        Way("FACTOR_TWO", "2 * x @ w", lambda x, w: 2 * x @ w),
        Way("FACTOR_HALF", "x @ w / 2", lambda x, w: x @ w / 2),
        Way("OTHER_FORMULA", "x @ |w|", lambda x, w: x @ np.abs(w)),
        Way("OTHER_FORMULA", "|x| @ w", lambda x, w: np.abs(x) @ w),
        Way("OTHER_FORMULA", "|x @ w|", lambda x, w: np.abs(x @ w)),
        Way("OTHER_FORMULA", "relu(x) @ w", lambda x, w: np.maximum(x, 0) @ w),
        Way("OTHER_FORMULA", "x @ w ** 2", lambda x, w: x @ w**2),
        Way("OTHER_FORMULA", "x ** 2 @ w", lambda x, w: x**2 @ w),
        Way("OTHER_FORMULA", "(x / 255) @ w", lambda x, w: x @ w / 255),
        Way("OTHER_FORMULA", "the product without the last input", lambda x, w: x[:, :-1] @ w[:-1]),
        Way("OTHER_FORMULA", "the product without the first input", lambda x, w: x[:, 1:] @ w[1:]),
        Way("OTHER_FORMULA", "the product of the last input alone", lambda x, w: x[:, -1:] @ w[-1:]),
        Way("OTHER_FORMULA", "the product of the first input alone", lambda x, w: x[:, :1] @ w[:1]),
        Way("OTHER_FORMULA", "x @ w of the first example", lambda x, w: x[:1] @ w + 0 * x[:, :1]),
        Way("OTHER_FORMULA", "w alone, summed over the inputs", lambda x, w: w.sum(axis=0) + 0 * x[:, :1]),
        Way("OTHER_FORMULA", "no product", lambda x, w: np.zeros((len(x), w.shape[1]))),
        Way("OTHER_FORMULA", "(x - mean of each input) @ w", lambda x, w: (x - x.mean(axis=0)) @ w),
        Way("OTHER_FORMULA", "x with rows of length 1", lambda x, w: x / np.linalg.norm(x, axis=1, keepdims=True) @ w),
        Way("OTHER_FORMULA", "w reshaped, not transposed", lambda x, w: x @ w.T.reshape(w.shape)),
        Way("OTHER_FORMULA", "whole numbers of x @ w", lambda x, w: np.trunc(x @ w)),
    ),
)

BIAS = Step(
    "bias",
    "+ b",
    lambda z, x, b: z + b,
    (
        Way("BIAS_IGNORED", "nothing", lambda z, x, b: z),
        Way("BIAS_SUBTRACTED", "- b", lambda z, x, b: z - b),
        Way("BIAS_MULTIPLIED", "* b", lambda z, x, b: z * b),
        Way("OTHER_FORMULA", "+ 2 * b", lambda z, x, b: z + 2 * b),
        Way("OTHER_FORMULA", "+ b / 2", lambda z, x, b: z + b / 2),
        Way("OTHER_FORMULA", "/ b", lambda z, x, b: z / b),
        Way("OTHER_FORMULA", "+ sum(b)", lambda z, x, b: z + b.sum()),
        Way("OTHER_FORMULA", "+ mean(b)", lambda z, x, b: z + b.mean()),
        Way("OTHER_FORMULA", "+ |b|", lambda z, x, b: z + np.abs(b)),
        Way("OTHER_FORMULA", "+ b ** 2", lambda z, x, b: z + b**2),
        Way("OTHER_FORMULA", "+ relu(b)", lambda z, x, b: z + np.maximum(b, 0)),
        Way("OTHER_FORMULA", "+ N * b", lambda z, x, b: z + len(x) * b),
        Way("OTHER_FORMULA", "+ D * b", lambda z, x, b: z + x.shape[1] * b),
        Way("OTHER_FORMULA", "+ b / N", lambda z, x, b: z + b / len(x)),
        Way("OTHER_FORMULA", "+ the first unit's b", lambda z, x, b: z + b.ravel()[0]),
        Way("OTHER_FORMULA", "+ the last unit's b", lambda z, x, b: z + b.ravel()[-1]),
        Way("OTHER_FORMULA", "+ b in another order", lambda z, x, b: z + b[:, ::-1]),
        Way("OTHER_FORMULA", "+ b in the first row only", lambda z, x, b: z + b * (np.arange(len(x)) == 0)[:, None]),
        Way("OTHER_FORMULA", "+ b on every weight", lambda z, x, b: z + x.sum(axis=1, keepdims=True) * b),
        Way("OTHER_FORMULA", "+ 1", lambda z, x, b: z + 1),
    ),
)

STACK = Step(
    "stack",
    "[x, 1] @ [w; b]",
    lambda z, x, w, b: z,
    (
        Way("OTHER_FORMULA", "[1, x] @ [w; b], ones before x", lambda z, x, w, b: stacked(x, w, b)),
        Way("OTHER_FORMULA", "[x, 1] @ [b; w], b before w", lambda z, x, w, b: stacked(x[:, ::-1], w[::-1], b)),
    ),
)


def stacked(x: FloatArray, w: FloatArray, b: FloatArray) -> FloatArray:
    """Ones in front of x against a bias below w: every input meets the weight after its own."""
    ones = np.ones((len(x), 1))
    return np.asarray(np.hstack([ones, x]) @ np.vstack([w, b.reshape(1, -1)]))


RESULT = Step(
    "result",
    "x @ w + b",
    lambda z: z,
    (
        Way("SIGN", "-(x @ w + b)", lambda z: -z),
        Way("TRANSPOSED", "the transpose", lambda z: z.T),
        Way("OTHER_FORMULA", "relu(x @ w + b)", lambda z: np.maximum(z, 0)),
        Way("OTHER_FORMULA", "tanh(x @ w + b)", np.tanh),
        Way("OTHER_FORMULA", "sigmoid(x @ w + b)", lambda z: 1 / (1 + np.exp(-z))),
        Way("OTHER_FORMULA", "|x @ w + b|", np.abs),
        Way("OTHER_FORMULA", "the flat array", lambda z: z.ravel()),
        Way("OTHER_FORMULA", "the sum over the batch", lambda z: z.sum(axis=0, keepdims=True)),
        Way("OTHER_FORMULA", "the mean over the batch", lambda z: z.mean(axis=0, keepdims=True)),
        Way("OTHER_FORMULA", "the first example alone", lambda z: z[:1]),
        Way("OTHER_FORMULA", "(x @ w + b) / N", lambda z: z / len(z)),
    ),
)


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    x, w, b = (outcome.probe.arguments[name] for name in ("x", "w", "b"))
    z = use["stack"](use["bias"](use["product"](x, w), x, b), x, w, b)
    return {"z": use["precision"](use["result"](z))}


LINEAR = Recipe((PRODUCT, BIAS, STACK, RESULT, PRECISION), _cook)
