"""Known wrong formulas of the negative log likelihood (a total over the batch) and of its derivative."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from reference.data import one_hot
from reference.softmax import log_softmax


def likelihood(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong likelihoods return for one outcome; the result is called loss."""
    p, y = outcome.probe.arguments["yhat"], outcome.probe.arguments["y"]
    rows = np.arange(len(y))
    each = -np.log(p[rows, y])
    total = each.sum()
    formulas: tuple[tuple[str, object, str | None], ...] = (
        ("MEAN_NOT_TOTAL", total / len(y), "np.sum(...)"),
        ("MEAN_NOT_TOTAL", -total / len(y), "np.sum(...)"),
        ("MEAN_NOT_TOTAL", total / p.size, "np.sum(...)"),
        ("SIGN", -total, "-loss"),
        ("LOSS_NOT_REDUCED", each, "np.sum(...)"),
        ("LOSS_NOT_REDUCED", each[:, np.newaxis], "np.sum(...)"),
        ("INDICATOR_MISSING", -np.log(p).sum(), "np.log(yhat[np.arange(N), y])"),
        ("LOG_MISSING", -p[rows, y].sum(), "np.log"),
        ("LOG_BASE", total / np.log(2), "np.log"),
        ("LOG_BASE", total / np.log(10), "np.log"),
        ("SOFTMAX_TWICE", -log_softmax(p)[rows, y].sum(), None),
        ("LOSS_ON_ARGMAX", np.sum(p.argmax(axis=1) != y), None),
    )
    return [Candidate(code, {"loss": np.asarray(value, np.float64)}, fix) for code, value, fix in formulas]


def likelihood_gradient(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong derivatives by yhat return for one outcome; the result is called dyhat."""
    p, y = outcome.probe.arguments["yhat"], outcome.probe.arguments["y"]
    rows, classes = p.shape
    t = one_hot(y, classes)
    right = -t / p
    last = (y == classes - 1).astype(np.float64)[:, np.newaxis]
    by_label = "grad[np.arange(N), y] = -1 / yhat[np.arange(N), y]"
    formulas: tuple[tuple[str, FloatArray], ...] = (
        ("INDICATOR_MISSING", -1 / p),
        ("INDICATOR_MISSING", -last / p),  # the k of a loop that is over
        ("SIGN", -right),
        ("MEAN_NOT_TOTAL", right / rows),
        ("MEAN_NOT_TOTAL", right / p.size),
        ("GRADIENT_BY_LOGITS", p - t),
        ("GRADIENT_BY_LOGITS", (p - t) / rows),
        ("LOG_NOT_DIFFERENTIATED", -t * np.log(p)),
        ("LOG_NOT_DIFFERENTIATED", -t),
        ("SQUARED_DENOMINATOR", -t / p**2),
        ("LABEL_ENTRIES_ONLY", right[t > 0]),
        ("LABEL_ENTRIES_ONLY", right[t > 0][:, np.newaxis]),
        ("MEAN_OVER_BATCH_SHAPE", right.mean(axis=0)),
        ("MEAN_OVER_BATCH_SHAPE", right.mean(axis=0, keepdims=True)),
        ("SUM_OVER_BATCH_SHAPE", right.sum(axis=0)),
        ("SUM_OVER_BATCH_SHAPE", right.sum(axis=0, keepdims=True)),
        ("SCALAR_GRADIENT", np.asarray(right.sum())),
    )
    return [Candidate(code, {"dyhat": value}, by_label) for code, value in formulas]
