"""The total negative log likelihood, its derivative by the probabilities, and the Jacobian of the softmax."""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.scales import SIGN
from grader.diagnosis.recipes.totals import earlier, later
from reference.data import one_hot
from reference.softmax import softmax

LABELS = Step(
    "labels",
    "y",
    lambda y, p: y,
    (
        Way("OTHER_FORMULA", "y - 1", lambda y, p: (y - 1) % p.shape[1]),
        Way("OTHER_FORMULA", "y + 1", lambda y, p: (y + 1) % p.shape[1]),
        Way("OTHER_FORMULA", "the class of the largest probability", lambda y, p: p.argmax(axis=1)),
        Way("OTHER_FORMULA", "class 0", lambda y, p: 0 * y),
        Way("OTHER_FORMULA", "the last class", lambda y, p: 0 * y + p.shape[1] - 1),
        Way("OTHER_FORMULA", "the label of the first example", lambda y, p: 0 * y + y[0]),
        Way("OTHER_FORMULA", "the labels in reverse order", lambda y, p: y[::-1]),
        Way("OTHER_FORMULA", "the labels sorted", lambda y, p: np.sort(y)),
    ),
)

EACH = Step(
    "each",
    "log(yhat)",
    lambda p, w: np.log(p),
    (
        Way("LOG_MISSING", "yhat", lambda p, w: p),
        Way("LOG_BASE", "log2(yhat)", lambda p, w: np.log2(p)),
        Way("LOG_BASE", "log10(yhat)", lambda p, w: np.log10(p)),
        Way("OTHER_FORMULA", "log(1 + yhat)", lambda p, w: np.log1p(p)),
        Way("OTHER_FORMULA", "log(1 - yhat)", lambda p, w: np.log(1 - p)),
        Way("OTHER_FORMULA", "yhat * log(yhat)", lambda p, w: p * np.log(p)),
        Way("OTHER_FORMULA", "log(yhat) ** 2", lambda p, w: np.log(p) ** 2),
        Way("OTHER_FORMULA", "1 - yhat", lambda p, w: 1 - p),
        Way("OTHER_FORMULA", "(1 - yhat) ** 2", lambda p, w: (1 - p) ** 2),
        Way("OTHER_FORMULA", "exp(yhat)", lambda p, w: np.exp(p)),
        Way("LOG_MISSING", "-1 / yhat", lambda p, w: -1 / p),
        Way("OTHER_FORMULA", "1 / log(yhat)", lambda p, w: 1 / np.log(p)),
        *(
            Way("OTHER_FORMULA", f"log(yhat + {eps})", lambda p, w, eps=eps: np.log(p + eps))
            for eps in (1.0, 0.1, 0.01, 1e-3, 1e-4, 1e-5)
        ),
    ),
)

TOTAL = Step(
    "total",
    "the sum over the batch",
    lambda v, p: v.sum(),
    (
        Way("MEAN_NOT_TOTAL", "the mean over the batch", lambda v, p: v.sum() / v.size),  # of none NaN, without a word
        Way("MEAN_NOT_TOTAL", "the sum over N * C", lambda v, p: v.sum() / p.size),
        Way("MEAN_NOT_TOTAL", "the sum over C", lambda v, p: v.sum() / p.shape[1]),
        Way("LOSS_NOT_REDUCED", "one number for each example", lambda v, p: v),
        Way("OTHER_FORMULA", "the first example's", lambda v, p: v[0]),
        Way("OTHER_FORMULA", "the last example's", lambda v, p: v[-1]),
        Way("OTHER_FORMULA", "the sum without the last example", lambda v, p: v[:-1].sum()),
        Way("OTHER_FORMULA", "the sum without the first example", lambda v, p: v[1:].sum()),
        Way("OTHER_FORMULA", "the logarithm of the sum of yhat", lambda v, p: np.log(np.exp(v).sum())),
        Way("OTHER_FORMULA", "the logarithm of the mean of yhat", lambda v, p: np.log(np.exp(v).mean())),
        Way("OTHER_FORMULA", "the product over the batch", lambda v, p: v.prod()),
        Way("OTHER_FORMULA", "the largest loss", lambda v, p: v.min()),
        Way("OTHER_FORMULA", "the least loss", lambda v, p: v.max()),
        Way("OTHER_FORMULA", "the median times N", lambda v, p: np.median(v) * len(v)),
        Way("OTHER_FORMULA", "the median", lambda v, p: np.median(v)),
        Way("OTHER_FORMULA", "twice the sum", lambda v, p: 2 * v.sum()),
        Way("OTHER_FORMULA", "half the sum", lambda v, p: v.sum() / 2),
    ),
)


def _likelihood(outcome: Outcome, use: Ways) -> dict[str, Any]:
    p, y = outcome.probe.arguments["yhat"], np.asarray(outcome.probe.arguments["y"], dtype=np.int64)
    labels = use["labels"](y, p)
    chosen = labels if labels.dtype.kind == "f" else p[np.arange(len(y)), labels]
    return {"loss": use["sign"](-use["total"](use["each"](chosen, p), p))}


BEFORE = "y - 1, the examples of class 0 left out"
AFTER = "y + 1, the examples of the last class left out"

# Here a way may choose the probabilities themselves.
CHOSEN = replace(
    LABELS,
    wrong=(
        *LABELS.wrong,
        Way("OTHER_FORMULA", "yhat[:, y], each label for all", lambda y, p: p[:, y]),
        Way("OTHER_FORMULA", BEFORE, lambda y, p: p[earlier(one_hot(y, p.shape[1])) > 0]),
        Way("OTHER_FORMULA", AFTER, lambda y, p: p[later(one_hot(y, p.shape[1])) > 0]),
    ),
)

LIKELIHOOD = Recipe((CHOSEN, EACH, TOTAL, SIGN), _likelihood)


def _of_label(p: FloatArray, t: FloatArray) -> FloatArray:
    """Each row's probability of its label, in every column."""
    return np.asarray((p * t).sum(axis=1, keepdims=True) + 0 * p)


SLOPE = Step(
    "slope",
    "-1 / yhat",
    lambda p, t: -t / p,
    (
        Way("INDICATOR_MISSING", "-1 / yhat for every class", lambda p, t: -1 / p),
        Way("GRADIENT_BY_LOGITS", "yhat - 1 at the label", lambda p, t: p - t),
        Way("SQUARED_DENOMINATOR", "-1 / yhat ** 2", lambda p, t: -t / p**2),
        Way("LOG_NOT_DIFFERENTIATED", "-log(yhat)", lambda p, t: -t * np.log(p)),
        Way("LOG_NOT_DIFFERENTIATED", "-1", lambda p, t: -t),
        Way("OTHER_FORMULA", "-yhat", lambda p, t: -t * p),
        Way("OTHER_FORMULA", "yhat - 1, at the labels only", lambda p, t: t * (p - 1)),
        Way("OTHER_FORMULA", "-1 / (1 - yhat)", lambda p, t: -t / (1 - p)),
        Way("OTHER_FORMULA", "-1 / yhat + 1 / (1 - yhat)", lambda p, t: -t / p + (1 - t) / (1 - p)),
        Way("OTHER_FORMULA", "1 / yhat at the other classes", lambda p, t: -(1 - t) / p),
        Way("OTHER_FORMULA", "-yhat for every class", lambda p, t: -p),
        Way("INDICATOR_MISSING", "-1 / yhat of the label in the whole row", lambda p, t: -1 / _of_label(p, t)),
        Way("OTHER_FORMULA", "-(1 + yhat)", lambda p, t: -t * (1 + p)),
        Way("OTHER_FORMULA", "1 - yhat at the labels", lambda p, t: t * (1 - p)),
        Way("OTHER_FORMULA", "-1 / log(yhat)", lambda p, t: -t / np.log(p)),
        Way("OTHER_FORMULA", "-1 / yhat at the labels, 1 / yhat elsewhere", lambda p, t: (1 - 2 * t) / p),
        Way("OTHER_FORMULA", "yhat, -1 / yhat at the labels", lambda p, t: np.where(t > 0, -1 / p, p)),
    ),
)

PART = Step(
    "part",
    "undivided",
    lambda v: v,
    (
        Way("MEAN_NOT_TOTAL", "/ N", lambda v: v / len(v)),
        Way("MEAN_NOT_TOTAL", "/ (N * C)", lambda v: v / v.size),
        Way("MEAN_NOT_TOTAL", "/ C", lambda v: v / v.shape[1]),
        Way("SUM_OVER_BATCH_SHAPE", "the sum over axis 0", lambda v: v.sum(axis=0)),
        Way("TRANSPOSED", "the transpose", lambda v: v.T),
    ),
)


def _likelihood_gradient(outcome: Outcome, use: Ways) -> dict[str, Any]:
    p, y = outcome.probe.arguments["yhat"], np.asarray(outcome.probe.arguments["y"], dtype=np.int64)
    labels = use["labels"](y, p)
    t = labels if labels.ndim > 1 else one_hot(labels, p.shape[1])
    return {"dyhat": use["part"](use["sign"](use["slope"](p, t)))}


# Here it may be the rows that the labels become.
ROWS = replace(
    LABELS,
    wrong=(
        *LABELS.wrong,
        Way("OTHER_FORMULA", BEFORE, lambda y, p: earlier(one_hot(y, p.shape[1]))),
        Way("OTHER_FORMULA", AFTER, lambda y, p: later(one_hot(y, p.shape[1]))),
    ),
)

LIKELIHOOD_GRADIENT = Recipe((ROWS, SLOPE, PART, SIGN), _likelihood_gradient)

DIAGONAL = Step(
    "diagonal",
    "np.diag(p)",
    lambda p, z: np.diag(p),
    (
        Way("INDICATOR_MISSING", "0", lambda p, z: 0 * np.diag(p)),
        Way("JACOBIAN_OFF_DIAGONAL_ONLY", "np.diag(p ** 2)", lambda p, z: np.diag(p**2)),
        Way("OTHER_FORMULA", "np.eye(C)", lambda p, z: np.eye(len(p))),
        Way("OTHER_FORMULA", "np.diag(p * (1 - p))", lambda p, z: np.diag(p * (1 - p))),
        Way("OTHER_FORMULA", "np.diag(1 - p)", lambda p, z: np.diag(1 - p)),
        Way("OTHER_FORMULA", "np.diag(z)", lambda p, z: np.diag(z)),
        Way("OTHER_FORMULA", "p, without np.diag", lambda p, z: p + 0 * np.diag(p)),
        Way("OTHER_FORMULA", "p as a column", lambda p, z: p[:, None] + 0 * np.diag(p)),
        Way("OTHER_FORMULA", "np.diag(e) / sum(e) ** 2, e = exp(z - max(z))", lambda p, z: np.diag(p) * p.max()),
        Way("OTHER_FORMULA", "-np.diag(p)", lambda p, z: -np.diag(p)),
    ),
)

OUTER = Step(
    "outer",
    "np.outer(p, p)",
    lambda p, z: np.outer(p, p),
    (
        Way("JACOBIAN_DIAGONAL_ONLY", "np.diag(p ** 2)", lambda p, z: np.diag(p**2)),
        Way("OTHER_FORMULA", "0", lambda p, z: 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "-np.outer(p, p)", lambda p, z: -np.outer(p, p)),
        Way("OTHER_FORMULA", "np.outer(p, z)", lambda p, z: np.outer(p, z)),
        Way("OTHER_FORMULA", "np.outer(z, p)", lambda p, z: np.outer(z, p)),
        Way("OTHER_FORMULA", "np.outer(z, z)", lambda p, z: np.outer(z, z)),
        Way("OTHER_FORMULA", "np.dot(p, p)", lambda p, z: np.dot(p, p) + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p in every row", lambda p, z: p + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p in every column", lambda p, z: p[:, None] + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p ** 2 in every row", lambda p, z: p**2 + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "p[k] ** 2 in every column", lambda p, z: (p**2)[:, None] + 0 * np.outer(p, p)),
        Way("OTHER_FORMULA", "e[k] * e[j] / sum(e) off the diagonal", lambda p, z: _times_off(p, np.exp(z).sum())),
        Way(
            "OTHER_FORMULA",
            "e[k] * e[j] / sum(e) off the diagonal, e = exp(z - max(z))",
            lambda p, z: _times_off(p, np.exp(z - z.max()).sum()),
        ),
        Way("OTHER_FORMULA", "np.outer(p, 1 - p)", lambda p, z: np.outer(p, 1 - p)),
        Way("OTHER_FORMULA", "2 * np.outer(p, p)", lambda p, z: 2 * np.outer(p, p)),
    ),
)


def _times_off(p: FloatArray, factor: float) -> FloatArray:
    """The outer product with a factor off its diagonal."""
    return np.outer(p, p) * np.where(np.eye(len(p)) > 0, 1, factor)


def _jacobian(outcome: Outcome, use: Ways) -> dict[str, Any]:
    z = outcome.probe.arguments["z"]
    p = use["p"](z)
    J = use["diagonal"](p, z) - use["outer"](p, z)
    return {"J": use["sign"](use["whole"](J, p, z))}


WHOLE = Step(
    "whole",
    "J",
    lambda J, p, z: J,
    (
        Way("OTHER_FORMULA", "np.eye(C) - p, the derivative of log(p)", lambda J, p, z: J / p[:, None]),
        Way("OTHER_FORMULA", "J[k, j] * p[j]", lambda J, p, z: J * p),
        Way("OTHER_FORMULA", "J[k, j] * p[k]", lambda J, p, z: J * p[:, None]),
        Way("OTHER_FORMULA", "J[k, j] * z[j]", lambda J, p, z: J * z),
        Way("OTHER_FORMULA", "J * sum(e) on the diagonal", lambda J, p, z: _times_on(J, np.exp(z).sum())),
        Way(
            "OTHER_FORMULA",
            "J * sum(e) on the diagonal, e = exp(z - max(z))",
            lambda J, p, z: _times_on(J, np.exp(z - z.max()).sum()),
        ),
        Way("OTHER_FORMULA", "J / sum(e), e = exp(z - max(z))", lambda J, p, z: J / np.exp(z - z.max()).sum()),
        Way(
            "OTHER_FORMULA",
            "e from z - max(z) over a sum of exp(z)",
            lambda J, p, z: _other_sum(np.exp(z - z.max()), np.exp(z).sum()),
        ),
        Way("OTHER_FORMULA", "J without the lower half", lambda J, p, z: np.triu(J)),
        Way("OTHER_FORMULA", "J without the upper half", lambda J, p, z: np.tril(J)),
        Way("OTHER_FORMULA", "J @ J", lambda J, p, z: J @ J),
    ),
)


def _times_on(J: FloatArray, factor: float) -> FloatArray:
    """A matrix with a factor on its diagonal."""
    return J * np.where(np.eye(len(J)) > 0, factor, 1)


def _other_sum(e: FloatArray, total: float) -> FloatArray:
    """e (total - e) / total^2 on the diagonal, -e e / total^2 off it."""
    off = -np.outer(e, e) / total**2
    return np.where(np.eye(len(e)) > 0, np.diag(e * (total - e) / total**2), off)


P = Step(
    "p",
    "softmax(z)",
    lambda z: softmax(z[np.newaxis])[0],
    (
        Way("SOFTMAX_NOT_NORMALISED", "exp(z)", np.exp),
        Way("SOFTMAX_NOT_NORMALISED", "exp(z - max(z))", lambda z: np.exp(z - z.max())),
        Way("SOFTMAX_NOT_NORMALISED", "exp(z - max(z)) / C", lambda z: np.exp(z - z.max()) / len(z)),
        Way("SOFTMAX_SIGN", "softmax(-z)", lambda z: softmax(-z[np.newaxis])[0]),
        Way("SOFTMAX_IS_SIGMOID", "sigmoid(z)", lambda z: 1 / (1 + np.exp(-z))),
        Way("SOFTMAX_TWICE", "softmax(softmax(z))", lambda z: softmax(softmax(z[np.newaxis]))[0]),
        Way("OTHER_FORMULA", "z", lambda z: z),
        Way("OTHER_FORMULA", "z / sum(z)", lambda z: z / z.sum()),
        Way("SOFTMAX_LOG", "log(softmax(z))", lambda z: np.log(softmax(z[np.newaxis])[0])),
    ),
)

JACOBIAN = Recipe((P, DIAGONAL, OUTER, WHOLE, SIGN), _jacobian)
