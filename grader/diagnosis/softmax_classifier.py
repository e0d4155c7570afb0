"""Known wrong softmax classifiers with a regularisation; results are called loss, gradient and prediction."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.recipes.blocks import losses_in_blocks
from grader.diagnosis.regularised import Term, half_of, penalties, penalty_gradients, sums
from reference.softmax import log_softmax, softmax

LOSS = "-np.sum(label * np.log(p)) / N + lamda / 2 * np.sum(W**2)"
GRADIENT = "input.T @ (p - label) / N + lamda * W"
PREDICTION = "np.argmax(p, axis=1)"
FROM_ZERO = "the class of the largest score, looked for from 0 on, and class 0 where none is above 0,"


def softmax_classifier(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong classifiers return for one outcome: mistakes of the loss, of the gradient, of the prediction."""
    w, x, t = (outcome.probe.arguments[name] for name in ("W", "input", "label"))
    strength = float(outcome.probe.arguments["lamda"])
    z = x @ w
    rows = len(x)
    data = -(t * log_softmax(z)).sum() / rows, x.T @ (softmax(z) - t) / rows
    half = half_of(outcome.right["gradient"], data[1], strength, w)
    return [
        *sums(
            "loss",
            (np.asarray(data[0]), np.asarray(half * strength * np.sum(w**2))),
            loss_terms(z, t),
            list(penalties(strength, rows, [w], half)),
            LOSS,
        ),
        *in_blocks("loss", z, t, half * strength * float(np.sum(w**2)), LOSS),
        *sums(
            "gradient",
            (data[1], 2 * half * strength * w),
            gradient_terms(x, z, t),
            list(penalty_gradients(strength, rows, w, half)),
            GRADIENT,
        ),
        Candidate("SIGN", {"gradient": -outcome.right["gradient"]}, GRADIENT),
        Candidate("GRADIENT_TRANSPOSED", {"gradient": outcome.right["gradient"].T}, GRADIENT),
        Candidate("GRADIENT_STOPS_AT_LOGITS", {"gradient": (softmax(z) - t) / rows}, GRADIENT),
        Candidate("GRADIENT_STOPS_AT_LOGITS", {"gradient": softmax(z) - t}, GRADIENT),
        *predictions("prediction", z, t),
    ]


def in_blocks(name: str, z: FloatArray, t: FloatArray, penalty: float, fix: str) -> list[Candidate]:
    """Losses, called `name`, in which a block of the examples alone counts; penalty: their regularisation."""
    return [
        Candidate(
            "OTHER_FORMULA",
            {name: loss + penalty},
            fix,
            {"found": f"the loss of {words}, over N", "asked": "that of all examples, over N"},
        )
        for words, loss in losses_in_blocks(z, t)
    ]


def loss_terms(z: FloatArray, t: FloatArray) -> list[Term]:
    """Wrong data terms of the loss."""
    rows, classes = t.shape
    p = softmax(z)
    each = -(t * log_softmax(z)).sum(axis=1)
    mean = each.mean()
    found = (
        ("TOTAL_NOT_MEAN", each.sum()),
        ("DIVIDES_BY_NK", mean / classes),
        ("DOUBLE_MEAN", mean / rows),
        ("SIGN", -mean),
        ("LOSS_NOT_REDUCED", each),
        ("LOSS_NOT_REDUCED", each[:, np.newaxis]),
        ("SOFTMAX_TWICE", -(t * log_softmax(p)).sum() / rows),
        ("SOFTMAX_AXIS", -(t * log_softmax(z.T).T).sum() / rows),
        ("LOG_BASE", mean / np.log(2)),
        ("LOG_BASE", mean / np.log(10)),
        ("BINARY_CROSS_ENTROPY", mean - ((1 - t) * np.log(1 - p)).sum() / rows),
        ("LOSS_ON_ARGMAX", np.mean(z.argmax(axis=1) != t.argmax(axis=1))),
    )
    return [(code, np.asarray(value, np.float64)) for code, value in found]


def gradient_terms(x: FloatArray, z: FloatArray, t: FloatArray) -> list[Term]:
    """Wrong data terms of the gradient."""
    rows, classes = t.shape
    p = softmax(z)
    return [
        ("TOTAL_NOT_MEAN", x.T @ (p - t)),
        ("DOUBLE_MEAN", x.T @ (p - t) / rows**2),
        ("DIVIDES_BY_NK", x.T @ (p - t) / (rows * classes)),
        ("DIVIDES_BY_INPUTS", x.T @ (p - t) / x.shape[1]),
        ("SIGN", x.T @ (t - p) / rows),
        ("TARGET_IGNORED", x.T @ p / rows),
        ("BRACKETS_MISSING", -x.T @ t / rows - x.T @ p),
        ("BRACKETS_MISSING", -x.T @ t / rows - x.T @ p / rows),
        ("BRACKETS_MISSING", -x.T @ t / rows + x.T @ p),
        ("BRACKETS_MISSING", x.T @ p - x.T @ t / rows / rows),
        ("SOFTMAX_TWICE", x.T @ (softmax(p) - t) / rows),
        ("SOFTMAX_AXIS", x.T @ (softmax(z.T).T - t) / rows),
        ("SOFTMAX_WHOLE_MATRIX", x.T @ (np.exp(z) / np.exp(z).sum() - t) / rows),
        ("CE_WITHOUT_SOFTMAX", x.T @ (z - t) / rows),
        ("GRAD_WRT_PROB", x.T @ (-t / p) / rows),
        ("SOFTMAX_DERIVATIVE_TWICE", x.T @ ((p - t) * p * (1 - p)) / rows),
    ]


def _wrong_loops(z: FloatArray) -> Iterator[tuple[str, FloatArray]]:
    """Classes found by loops over the scores that compare each with another one than the largest so far."""
    first, rises = z[:, 1:] > z[:, :1], z[:, 1:] > z[:, :-1]
    yield "the last class whose score is above that of the class before, else class 0", _last(rises) + 1
    yield "the first class whose score is above that of the class before, else class 0", _first(rises) + 1
    yield "the last class whose score is above that of the class after, else class 0", np.maximum(_last(~rises), 0)
    yield "the last class whose score is above that of class 0, else class 0", _last(first) + 1
    yield "the first class whose score is above that of class 0, else class 0", _first(first) + 1
    yield "the last class whose score is above 0, else class 0", np.maximum(_last(z > 0), 0)
    yield "a search that begins with the class of the row before, not with class 0,", _class_carried(z)
    yield "a search for a score above the largest of this row and all before it", _maximum_carried(z)


def _class_carried(z: FloatArray) -> FloatArray:
    """The class of each row where the best one so far is not set back to 0 before a row."""
    best, found = 0, []
    for row in z:
        for each in range(1, len(row)):
            best = each if row[each] > row[best] else best
        found.append(best)
    return np.array(found, dtype=np.float64)


def _maximum_carried(z: FloatArray) -> FloatArray:
    """The class of each row where the largest score so far is not set back: no class is found where none is larger."""
    before = np.maximum.accumulate(np.concatenate([[-np.inf], z.max(axis=1)[:-1]]))
    exceeds = z.max(axis=1) > before
    at = np.maximum.accumulate(np.where(exceeds, np.arange(len(z)), 0))
    return np.asarray(z.argmax(axis=1)[at], dtype=np.float64)


def _last(found: NDArray[np.bool_]) -> FloatArray:
    """The index of the last entry of each row that is true, -1 without one."""
    backwards = found.shape[1] - 1 - found[:, ::-1].argmax(axis=1)
    return np.where(found.any(axis=1), backwards, -1)


def _first(found: NDArray[np.bool_]) -> FloatArray:
    return np.where(found.any(axis=1), found.argmax(axis=1), -1)


def predictions(name: str, z: FloatArray, t: FloatArray) -> list[Candidate]:
    """Wrong predictions, called `name`, from scores z and one-hot labels t."""
    p = softmax(z)
    classes = p.shape[1]
    right = p.argmax(axis=1)
    formulas: tuple[tuple[str, FloatArray], ...] = (
        ("PREDICT_SHAPE", p),
        ("PREDICT_SHAPE", z),
        ("PREDICT_SHAPE", np.eye(classes)[right]),
        ("PREDICT_SHAPE", right[np.newaxis].astype(np.float64)),
        ("PREDICT_AXIS", p.argmax(axis=0).astype(np.float64)),
        ("PREDICT_AXIS", z.argmax(axis=0).astype(np.float64)),
        ("PREDICT_AXIS", (z - z.max(axis=1, keepdims=True)).argmax(axis=0).astype(np.float64)),
        ("PREDICT_FROM_ONE", right + 1.0),
        ("PREDICT_SMALLEST", p.argmin(axis=1).astype(np.float64)),
        ("PREDICT_PROBABILITY", p.max(axis=1)),
        ("PREDICT_LABEL", t.argmax(axis=1).astype(np.float64)),
        ("PREDICT_CORRECT", (right == t.argmax(axis=1)).astype(np.float64)),
    )
    found = [Candidate(code, {name: value}, PREDICTION) for code, value in formulas]
    later = z[:, 1:].argmax(axis=1)
    others = (
        # Of scores that went through a ReLU it is the same; such a search may leave out the score of class 0.
        (FROM_ZERO, np.where(z.max(axis=1) > 0, right, 0)),
        (FROM_ZERO, np.where(z[:, 1:].max(axis=1) > 0, later + 1, 0)),
        # One class for all is what it is before it is the best of some classes, which it may be by chance.
        ("class 0 for every example", 0 * right),
        ("class 1 for every example", 0 * right + 1),
        ("the last class for every example", 0 * right + classes - 1),
        ("the class with the largest score of all but class 0", later + 1),
        ("the class with the largest score of all but the last class", z[:, :-1].argmax(axis=1)),
        ("argmax(scores[:, 1:], axis=1), counted from class 1,", later),
        ("argmax(p, axis=1) - 1", right - 1),
        ("the class with the second largest score", z.argsort(axis=1)[:, -2]),
        ("the largest score instead of its class", z.max(axis=1)),
        ("the largest score instead of its class, cut to a whole number,", np.trunc(z.max(axis=1))),
        *_wrong_loops(z),
        ("the class whose probability is above 0.5, and class 0 without one,", np.where(p.max(axis=1) > 0.5, right, 0)),
    )
    about = ({"found": said, "asked": PREDICTION} for said, _ in others)
    return [
        *found,
        *(
            Candidate("OTHER_FORMULA", {name: value.astype(np.float64)}, PREDICTION, said)
            for (_, value), said in zip(others, about, strict=True)
        ),
    ]
