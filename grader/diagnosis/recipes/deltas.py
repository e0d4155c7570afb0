"""Ways to take the difference of probabilities and targets, shared by the gradient by the logits and the network's."""

import re
from dataclasses import replace

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Step, Way, formula
from grader.diagnosis.recipes.softmaxes import times_jacobian
from grader.diagnosis.recipes.totals import DIFFERENCE_WAYS


def _predicted(p: FloatArray) -> FloatArray:
    """One-hot rows of the largest probabilities."""
    return np.asarray(np.eye(p.shape[1])[p.argmax(axis=1)])


def _at_label(p: FloatArray, t: FloatArray) -> FloatArray:
    """Each row's probability of its label."""
    return np.asarray((p * t).sum(axis=1, keepdims=True))


JACOBIAN_WAYS: tuple[Way, ...] = (
    Way("SOFTMAX_DERIVATIVE_TWICE", "J @ (p - t), J the softmax's Jacobian,", lambda p, t: times_jacobian(p, p - t)),
    formula("J @ (-t), J the softmax's Jacobian,", lambda p, t: times_jacobian(p, -t)),
    formula("J @ t, J the softmax's Jacobian,", lambda p, t: times_jacobian(p, t)),
    formula("(p - t) / sum(p * t)", lambda p, t: (p - t) / _at_label(p, t)),
    formula("(p - t) * sum(p * t)", lambda p, t: (p - t) * _at_label(p, t)),
    formula("sum(p * t) - t", lambda p, t: _at_label(p, t) - t),
)
"""Products of a derivative by p and the softmax's Jacobian that are no p - t, as that of -t / p is."""

DIFFERENCE = Step(
    "difference",
    "p - t",
    lambda p, t: p - t,
    (
        Way("TARGET_IGNORED", "p", lambda p, t: p),
        Way("GRAD_WRT_PROB", "-t / p", lambda p, t: -t / p),
        Way("SOFTMAX_DERIVATIVE_TWICE", "(p - t) * p * (1 - p)", lambda p, t: (p - t) * p * (1 - p)),
        *JACOBIAN_WAYS,
        Way("OTHER_FORMULA", "(p - t) * p", lambda p, t: (p - t) * p),
        Way("OTHER_FORMULA", "(p - t) * (1 - p)", lambda p, t: (p - t) * (1 - p)),
        Way("OTHER_FORMULA", "p * (1 - p)", lambda p, t: p * (1 - p)),
        Way("OTHER_FORMULA", "-t * (1 - p)", lambda p, t: -t * (1 - p)),
        Way("OTHER_FORMULA", "|p - t|", lambda p, t: np.abs(p - t)),
        Way("OTHER_FORMULA", "(p - t) ** 2", lambda p, t: (p - t) ** 2),
        Way("OTHER_FORMULA", "(p - t) at the true class only", lambda p, t: (p - t) * t),
        Way("OTHER_FORMULA", "p at the other classes only", lambda p, t: p * (1 - t)),
        Way("OTHER_FORMULA", "t", lambda p, t: t),
        Way("OTHER_FORMULA", "-t", lambda p, t: -t),
        Way("OTHER_FORMULA", "p + t", lambda p, t: p + t),
        Way("OTHER_FORMULA", "-(p + t)", lambda p, t: -(p + t)),
        Way("OTHER_FORMULA", "p * t", lambda p, t: p * t),
        Way("OTHER_FORMULA", "-t * p", lambda p, t: -t * p),
        Way("OTHER_FORMULA", "p / t", lambda p, t: p / t),
        Way("OTHER_FORMULA", "p - 1", lambda p, t: p - 1),
        Way("OTHER_FORMULA", "p - 2 * t", lambda p, t: p - 2 * t),
        Way("OTHER_FORMULA", "p - t / 2", lambda p, t: p - t / 2),
        Way("OTHER_FORMULA", "p - t / N", lambda p, t: p - t / len(t)),
        # The division by N comes after: it is all that t, or p, is divided by.
        Way("BRACKETS_MISSING", "N * p - t", lambda p, t: len(t) * p - t),
        Way("BRACKETS_MISSING", "p - N * t", lambda p, t: p - len(t) * t),
        Way("OTHER_FORMULA", "p, and -1 at the true class", lambda p, t: np.where(t > 0, -1.0, p)),
        Way("OTHER_FORMULA", "p, and -p at the true class", lambda p, t: np.where(t > 0, -p, p)),
        Way("OTHER_FORMULA", "p - 1 at the other classes", lambda p, t: p - (1 - t)),
        Way("OTHER_FORMULA", "p * (1 - p) - t", lambda p, t: p * (1 - p) - t),
        Way("OTHER_FORMULA", "round(p) - t", lambda p, t: np.round(p) - t),
        Way("OTHER_FORMULA", "p[:, labels] - 1, each label for all", lambda p, t: p - t.any(axis=0)),
        Way("OTHER_FORMULA", "p - t.sum(axis=0), all labels from each row,", lambda p, t: p - t.sum(axis=0)),
        Way("OTHER_FORMULA", "p - t, t of the class before", lambda p, t: p - np.roll(t, -1, axis=1)),
        Way("OTHER_FORMULA", "p - t, t of the class after", lambda p, t: p - np.roll(t, 1, axis=1)),
        Way("OTHER_FORMULA", "the largest p of each column - t", lambda p, t: 1.0 * (p == p.max(axis=0)) - t),
        Way("OTHER_FORMULA", "p / N - t", lambda p, t: p / len(t) - t),
        Way("OTHER_FORMULA", "log(p) - t", lambda p, t: np.log(p) - t),
        Way("OTHER_FORMULA", "-t * log(p)", lambda p, t: -t * np.log(p)),
        Way("OTHER_FORMULA", "p - the predicted class", lambda p, t: p - _predicted(p)),
        Way("OTHER_FORMULA", "the predicted class - t", lambda p, t: _predicted(p) - t),
        Way("OTHER_FORMULA", "p - t, the sign only", lambda p, t: np.sign(p - t)),
        Way("OTHER_FORMULA", "p - t without its mean over the batch", lambda p, t: p - t - (p - t).mean(axis=0)),
        Way("OTHER_FORMULA", "relu(p - t)", lambda p, t: np.maximum(p - t, 0)),
        Way("OTHER_FORMULA", "rows of p - t cut to length 1", lambda p, t: _unit_rows(p - t)),
        Way(
            "OTHER_FORMULA",
            "p - t of every other example",
            lambda p, t: (p - t) * (np.arange(len(t)) % 2 == 0)[:, None],
        ),
        Way(
            "OTHER_FORMULA", "p - t of the first example only", lambda p, t: (p - t) * (np.arange(len(t)) == 0)[:, None]
        ),
        Way("OTHER_FORMULA", "p - t of the last example only", lambda p, t: (p - t) * (1 - _but(t, -1))),
        Way("OTHER_FORMULA", "p - t without the last example", lambda p, t: (p - t) * _but(t, -1)),
        Way("OTHER_FORMULA", "p - t without the first example", lambda p, t: (p - t) * _but(t, 0)),
        *DIFFERENCE_WAYS,
        Way("OTHER_FORMULA", "zeros", lambda p, t: 0 * p),
    ),
)


JACOBIANS_OF_LAYER = tuple(
    replace(way, found=re.sub(r"\bt\b", "gt", way.found), use=lambda p, z, t, use=way.use: use(p, t))
    for way in JACOBIAN_WAYS
)
"""The same in the words of a layer, whose difference may look at the logits z too."""


def _unit_rows(d: FloatArray) -> FloatArray:
    return np.asarray(d / np.linalg.norm(d, axis=1, keepdims=True))


def _but(t: FloatArray, index: int) -> FloatArray:
    """1 for every example but one."""
    kept = np.ones((len(t), 1))
    kept[index] = 0
    return kept
