"""The total negative log likelihood and its derivative by the probabilities."""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.scales import SIGN
from grader.diagnosis.recipes.totals import earlier, later
from reference.data import one_hot

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
