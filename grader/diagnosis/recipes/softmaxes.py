"""Ways to turn logits into something else than their softmax by rows, shared by the recipes of several functions."""

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Way
from reference.softmax import log_softmax, softmax


def by_columns(z: FloatArray) -> FloatArray:
    """The softmax over the batch."""
    return softmax(z.T).T


def whole(z: FloatArray) -> FloatArray:
    """One softmax over the whole matrix."""
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())


def over_columns(z: FloatArray) -> FloatArray:
    """Exponentials shifted by each row's maximum, divided by the sum of each column."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=0, keepdims=True))


def over_whole(z: FloatArray) -> FloatArray:
    """Exponentials shifted by each row's maximum, divided by the sum of all."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum())


def of_shifted_columns(z: FloatArray) -> FloatArray:
    """The softmax by rows of logits from which each column's maximum was taken."""
    return softmax(z - z.max(axis=0, keepdims=True))


def less_largest(z: FloatArray) -> FloatArray:
    """Logits from which each row's largest is taken."""
    return np.asarray(z - z.max(axis=1, keepdims=True))


def exp_less_largest(z: FloatArray) -> FloatArray:
    """Exponentials from which each row's largest logit is taken, instead of from the logits."""
    return np.asarray(np.exp(z) - z.max(axis=1, keepdims=True))


def _shifted_outside(z: FloatArray) -> FloatArray:
    e = exp_less_largest(z)
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def sigmoid(z: FloatArray) -> FloatArray:
    """1 / (1 + exp(-z))."""
    return np.asarray(1 / (1 + np.exp(-z)))


def times_jacobian(p: FloatArray, d: FloatArray) -> FloatArray:
    """Each row of d times the softmax's Jacobian, diag(p) - p p.T, at its row of p."""
    return np.asarray(p * (d - (p * d).sum(axis=1, keepdims=True)))


INSTEAD_OF_SOFTMAX: tuple[Way, ...] = (
    Way("SOFTMAX_AXIS", "softmax over axis 0", by_columns),
    Way("SOFTMAX_WHOLE_MATRIX", "softmax over the whole matrix", whole),
    Way("SOFTMAX_AXIS", "exp(z - max of each row) / sum over axis 0", over_columns),
    Way("SOFTMAX_WHOLE_MATRIX", "exp(z - max of each row) / sum of all", over_whole),
    Way("CE_WITHOUT_SOFTMAX", "the logits", lambda z: z),
    Way("OTHER_FORMULA", "z - max(z), without exp", less_largest),
    Way("SOFTMAX_TWICE", "softmax(softmax(z))", lambda z: softmax(softmax(z))),
    Way("SOFTMAX_IS_SIGMOID", "sigmoid(z)", sigmoid),
    Way("SOFTMAX_SIGN", "softmax(-z)", lambda z: softmax(-z)),
    Way("SOFTMAX_LOG", "log(softmax(z))", log_softmax),
    Way("SOFTMAX_NOT_NORMALISED", "exp(z)", np.exp),
    Way("SOFTMAX_NOT_NORMALISED", "exp(z - max(z))", lambda z: np.exp(less_largest(z))),
    Way("OTHER_FORMULA", "softmax(z - max(z) of each column)", of_shifted_columns),
    Way("OTHER_FORMULA", "(exp(z) - max(z)) / the sum of its row", _shifted_outside),
    Way("OTHER_FORMULA", "softmax(relu(z))", lambda z: softmax(np.maximum(z, 0))),
    Way("OTHER_FORMULA", "relu(z)", lambda z: np.maximum(z, 0)),
    Way("OTHER_FORMULA", "tanh(z)", np.tanh),
    Way("OTHER_FORMULA", "the one-hot row of the largest logit", lambda z: np.eye(z.shape[1])[z.argmax(axis=1)]),
)
"""What stands where softmax(z) belongs, z (N, C)."""
