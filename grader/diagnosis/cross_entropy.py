"""Known wrong formulas of cross-entropy and of its gradient by the logits."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.report import Evidence
from reference.softmax import log_softmax, softmax


def loss(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong cross-entropies return for one outcome."""
    t, p = outcome.probe.arguments["target"], outcome.probe.arguments["prediction"]
    rows, classes = t.shape
    each = -np.where(t > 0, t * np.log(np.where(t > 0, p, 1.0)), 0.0).sum(axis=1)
    mean = each.mean()
    both = mean - ((1 - t) * np.log(1 - p)).sum(axis=1).mean()
    formulas: tuple[tuple[str, object, str | None], ...] = (
        ("TOTAL_NOT_MEAN", each.sum(), "loss / N"),
        ("DIVIDES_BY_NK", mean / classes, "np.sum(...) / N"),
        ("DOUBLE_MEAN", mean / rows, None),
        ("SIGN", -mean, "-loss"),
        ("LOSS_NOT_REDUCED", each, "np.mean(...)"),
        ("LOSS_NOT_REDUCED", each[:, None], "np.mean(...)"),
        ("SOFTMAX_TWICE", -(t * log_softmax(p)).sum(axis=1).mean(), None),
        ("ARGUMENTS_SWAPPED", _swapped(t, p), "average_ce(target, prediction)"),
        ("LOG_BASE", mean / np.log(2), "np.log"),
        ("LOG_BASE", mean / np.log(10), "np.log"),
        ("BINARY_CROSS_ENTROPY", both, None),
        ("BINARY_CROSS_ENTROPY", both / classes, None),
        ("LOSS_ON_ARGMAX", np.mean(t.argmax(1) != p.argmax(1)), None),
    )
    return [Candidate(code, {"loss": np.asarray(value, np.float64)}, fix) for code, value, fix in formulas]


def gradient(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong gradients of the average cross-entropy by the logits return for one outcome."""
    t, z = outcome.probe.arguments["target"], outcome.probe.arguments["logits"]
    rows, classes = t.shape
    fix = "(softmax(logits) - target) / N"
    p = softmax(z)
    right = (p - t) / rows
    with np.errstate(all="ignore"):
        by_output, by_raw = -t / p, -t / z
    formulas: tuple[tuple[str, FloatArray], ...] = (
        ("TOTAL_NOT_MEAN", p - t),
        ("SIGN", -right),
        ("DOUBLE_MEAN", right / rows),
        ("DIVIDES_BY_NK", right / classes),
        ("MEAN_OVER_BATCH_SHAPE", (p - t).mean(axis=0, keepdims=True)),
        ("MEAN_OVER_BATCH_SHAPE", (p - t).mean(axis=0)),
        ("MEAN_OVER_BATCH_SHAPE", right.mean(axis=0, keepdims=True)),
        ("MEAN_OVER_BATCH_SHAPE", by_output.mean(axis=0, keepdims=True)),
        ("MEAN_OVER_BATCH_SHAPE", by_raw.mean(axis=0, keepdims=True)),
        ("MEAN_OVER_CLASSES_SHAPE", (p - t).mean(axis=1, keepdims=True)),
        ("MEAN_OVER_CLASSES_SHAPE", (p - t).mean(axis=1)),
        ("SUM_OVER_BATCH_SHAPE", (p - t).sum(axis=0, keepdims=True)),
        ("SUM_OVER_BATCH_SHAPE", (p - t).sum(axis=0)),
        ("GRAD_WRT_PROB", by_output / rows),
        ("GRAD_WRT_PROB", by_raw / rows),
        ("GRAD_WRT_PROB", by_raw),
        ("SOFTMAX_TWICE", (softmax(p) - t) / rows),
        ("CE_WITHOUT_SOFTMAX", (z - t) / rows),
        ("SOFTMAX_AXIS", (softmax(z.T).T - t) / rows),
        ("TARGET_IGNORED", p / rows),
    )
    scalars = (right.sum(), right.mean(), (p - t).sum(), (p - t).mean(), np.abs(p - t).mean())
    candidates = [Candidate(code, {"d_logits": value}, fix) for code, value in formulas]
    for found, value in (("p - t / N", p - t / rows), ("p / N - t", p / rows - t)):
        about: dict[str, Evidence] = {"found": found, "asked": "(p - t) / N"}
        candidates.append(Candidate("OTHER_FORMULA", {"d_logits": value}, fix, about))
    return candidates + [Candidate("SCALAR_GRADIENT", {"d_logits": np.asarray(value)}, fix) for value in scalars]


def _swapped(t: FloatArray, p: FloatArray) -> float:
    with np.errstate(all="ignore"):
        return float(-(p * np.log(t)).sum(axis=1).mean())
