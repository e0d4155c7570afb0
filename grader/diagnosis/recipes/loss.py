"""Cross-entropy: the term of each entry, the sum over the classes, the average over the batch."""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Recipe, Step, Way, Ways
from grader.diagnosis.recipes.scales import PRECISION, SIGN
from grader.diagnosis.recipes.totals import earlier, later
from reference.softmax import softmax


def _xlogy(x: FloatArray, y: FloatArray) -> FloatArray:
    """x log y with 0 log 0 = 0."""
    return np.asarray(np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y))))


def _binary(t: FloatArray, p: FloatArray) -> FloatArray:
    return _xlogy(t, p) + _xlogy(1 - t, 1 - p)


TERMS = Step(
    "terms",
    "t * log(p)",
    _xlogy,
    (
        Way("LOG_BASE", "t * log2(p)", lambda t, p: _xlogy(t, p) / np.log(2)),
        Way("LOG_BASE", "t * log10(p)", lambda t, p: _xlogy(t, p) / np.log(10)),
        Way("BINARY_CROSS_ENTROPY", "t * log(p) + (1 - t) * log(1 - p)", _binary),
        Way("OTHER_FORMULA", "(1 - t) * log(1 - p)", lambda t, p: _xlogy(1 - t, 1 - p)),
        Way("OTHER_FORMULA", "t * log(1 - p)", lambda t, p: _xlogy(t, 1 - p)),
        Way("OTHER_FORMULA", "(1 - t) * log(p)", lambda t, p: _xlogy(1 - t, p)),
        Way("OTHER_FORMULA", "t * log(1 + p)", lambda t, p: t * np.log1p(p)),
        Way("OTHER_FORMULA", "t * p", lambda t, p: t * p),
        Way("OTHER_FORMULA", "t * p * log(p)", lambda t, p: t * p * np.log(p)),
        Way("OTHER_FORMULA", "p * log(p)", lambda t, p: _xlogy(p, p)),
        Way("OTHER_FORMULA", "log(p)", lambda t, p: np.log(p)),
        Way("ARGUMENTS_SWAPPED", "p * log(t)", lambda t, p: p * np.log(t)),
        Way("ARGUMENTS_SWAPPED", "p * log(t + 1e-15)", lambda t, p: p * np.log(t + 1e-15)),
        Way("ARGUMENTS_SWAPPED", "p * log(t + 1e-12)", lambda t, p: p * np.log(t + 1e-12)),
        Way("ARGUMENTS_SWAPPED", "p * log(t + 1e-8)", lambda t, p: p * np.log(t + 1e-8)),
        Way("SOFTMAX_TWICE", "t * log(softmax(p))", lambda t, p: _xlogy(t, softmax(p))),
        Way("OTHER_FORMULA", "-(t - p) ** 2", lambda t, p: -((t - p) ** 2)),
        Way("OTHER_FORMULA", "-|t - p|", lambda t, p: -np.abs(t - p)),
        Way("OTHER_FORMULA", "t - p", lambda t, p: t - p),
        Way("OTHER_FORMULA", "t / p", lambda t, p: t / p),
        Way("OTHER_FORMULA", "t + log(p)", lambda t, p: t + np.log(p)),
        Way("OTHER_FORMULA", "t - log(p)", lambda t, p: t - np.log(p)),
        Way("OTHER_FORMULA", "t * log(p) ** 2", lambda t, p: -t * np.log(p) ** 2),
        Way("OTHER_FORMULA", "t * log(p) * t", lambda t, p: -t * -np.log(p) * t * p),
        Way("OTHER_FORMULA", "t * log(p), t of the class before", lambda t, p: _xlogy(np.roll(t, -1, axis=1), p)),
        Way("OTHER_FORMULA", "t * log(p), t of the class after", lambda t, p: _xlogy(np.roll(t, 1, axis=1), p)),
        Way(
            "OTHER_FORMULA",
            "t * log(p), t of the class before, class 0 without one",
            lambda t, p: _xlogy(earlier(t), p),
        ),
        Way(
            "OTHER_FORMULA",
            "t * log(p), t of the class after, the last class without one",
            lambda t, p: _xlogy(later(t), p),
        ),
        Way("OTHER_FORMULA", "log(p[:, labels]), each label for all", lambda t, p: t.sum(axis=0) * np.log(p)),
        Way("OTHER_FORMULA", "log(p[:, labels]), averaged over both", lambda t, p: t.mean(axis=0) * np.log(p)),
        Way(
            "OTHER_FORMULA", "t * log(p) of the largest p", lambda t, p: _xlogy(1.0 * (p == p.max(axis=1)[:, None]), p)
        ),
        *(
            Way("OTHER_FORMULA", f"t * log(p), p at least {e}", lambda t, p, e=e: t * np.log(np.maximum(p, e)))
            for e in (0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5)
        ),
        Way("OTHER_FORMULA", "t * (1 - p) * log(p)", lambda t, p: _xlogy(t, p) * (1 - p)),
        Way("OTHER_FORMULA", "t * (1 - p) ** 2 * log(p)", lambda t, p: _xlogy(t, p) * (1 - p) ** 2),
        *(
            Way("OTHER_FORMULA", f"t * log(p + {e})", lambda t, p, e=e: t * np.log(p + e))
            for e in (0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5)
        ),
    ),
)


def _log_of_mean(each: FloatArray) -> FloatArray:
    """For each example, the logarithm of the mean of the exponentials."""
    return np.full_like(each, np.log(np.mean(np.exp(each))))


BATCH = Step(
    "batch",
    "all examples",
    lambda each: each,
    (
        Way("LOSS_NOT_REDUCED", "no average", lambda each: each),
        Way("OTHER_FORMULA", "the largest loss of the batch", lambda each: -np.max(-each) * np.ones(len(each))),
        Way("OTHER_FORMULA", "the smallest loss of the batch", lambda each: -np.min(-each) * np.ones(len(each))),
        Way("OTHER_FORMULA", "the median loss of the batch", lambda each: np.median(each) * np.ones(len(each))),
        Way("OTHER_FORMULA", "the first example's loss", lambda each: each[0] * np.ones(len(each))),
        Way("OTHER_FORMULA", "the last example's loss", lambda each: each[-1] * np.ones(len(each))),
        Way("OTHER_FORMULA", "the first example alone, over N", lambda each: each[:1]),
        Way("OTHER_FORMULA", "the last example alone, over N", lambda each: each[-1:]),
        Way("OTHER_FORMULA", "all examples but the last", lambda each: each[:-1]),
        Way("OTHER_FORMULA", "all examples but the first", lambda each: each[1:]),
        Way("OTHER_FORMULA", "every second example", lambda each: each[::2]),
        Way("OTHER_FORMULA", "the log of the mean of p", _log_of_mean),
    ),
)

DIVISORS = (
    Way("TOTAL_NOT_MEAN", "no division", lambda total, n, c: total),
    Way("DIVIDES_BY_NK", "/ (N * C)", lambda total, n, c: total / (n * c)),
    Way("DOUBLE_MEAN", "/ N**2", lambda total, n, c: total / n**2),
    Way("FACTOR_TWO", "* 2 / N", lambda total, n, c: 2 * total / n),
    Way("FACTOR_HALF", "/ (2 * N)", lambda total, n, c: total / (2 * n)),
    Way("OTHER_DIVISOR", "/ (N - 1)", lambda total, n, c: total / max(n - 1, 1)),
    Way("OTHER_DIVISOR", "/ (N - 1)", lambda total, n, c: total / (n - 1) if n > 1 else np.inf * total),
    Way("OTHER_DIVISOR", "/ (N + 1)", lambda total, n, c: total / (n + 1)),
    Way("OTHER_FORMULA", "// N, without the fraction", lambda total, n, c: np.floor(total / n)),
    Way("OTHER_DIVISOR", "/ C", lambda total, n, c: total / c),
    Way("OTHER_DIVISOR", "/ sqrt(N)", lambda total, n, c: total / np.sqrt(n)),
    Way("OTHER_DIVISOR", "* N", lambda total, n, c: total * n),
    Way("OTHER_DIVISOR", "* N * C", lambda total, n, c: total * n * c),
    *(
        Way("OTHER_DIVISOR", f"/ {size}", lambda total, n, c, size=size: total / size)
        for size in (10, 32, 64, 100, 128, 256, 784, 1000, 10000)
    ),
)

RESULT = Step(
    "result",
    "the average",
    lambda loss: loss,
    (
        Way("OTHER_FORMULA", "the exponential of the average", np.exp),
        Way("OTHER_FORMULA", "the square root of the average", np.sqrt),
        Way("OTHER_FORMULA", "the square of the average", np.square),
        Way("OTHER_FORMULA", "the logarithm of the average", np.log),
        Way("OTHER_FORMULA", "1 - the average", lambda loss: 1 - loss),
        Way("OTHER_FORMULA", "1 + the average", lambda loss: 1 + loss),
        Way("OTHER_FORMULA", "0", lambda loss: 0 * loss),
    ),
)


def _cook(outcome: Outcome, use: Ways) -> dict[str, Any]:
    t, p = outcome.probe.arguments["target"], outcome.probe.arguments["prediction"]
    terms = use["terms"](t, p)
    each = use["batch"](terms.sum(axis=1))
    if use["batch"] is BATCH.wrong[0].use:
        values = use["precision"](use["sign"](-each))
        return {"loss": values.reshape(()) if values.size == 1 else values}  # one loss is as good as a number
    loss = use["average"](-each.sum(), *t.shape)
    return {"loss": use["precision"](use["sign"](use["result"](loss)))}


# A loss is one number: rounded to fewer places it fits too much.
FINE = replace(PRECISION, wrong=PRECISION.wrong[3:])

LOSS = Recipe(
    (SIGN, TERMS, BATCH, Step("average", "/ N", lambda total, n, c: total / n, DIVISORS), RESULT, FINE), _cook
)
