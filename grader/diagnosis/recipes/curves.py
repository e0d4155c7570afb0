"""Functions of one number that stand where an activation belongs, whichever it is; z is what goes in."""

from collections.abc import Callable

import numpy as np

from grader.diagnosis.mismatch import FloatArray


def _sigmoid(z: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-z)))


def _clipped_sigmoid(most: float) -> Callable[[FloatArray], FloatArray]:
    return lambda z: _sigmoid(np.clip(z, -most, most))


CLIPPED_SIGMOIDS = tuple((f"sigmoid(clip(X, -{most}, {most}))", _clipped_sigmoid(most)) for most in (5, 6, 10))
"""Of a layer's input X: what guards an exponential where it still rises. Only large inputs show it."""

CURVES: tuple[tuple[str, Callable[[FloatArray], FloatArray]], ...] = (
    ("min(max(z, 0), 1)", lambda z: np.clip(z, 0, 1)),
    ("min(max(z, -1), 1)", lambda z: np.clip(z, -1, 1)),
    ("arctan(z)", np.arctan),
    ("z / (1 + |z|)", lambda z: z / (1 + np.abs(z))),
    ("sin(z)", np.sin),
    ("sigmoid(|z|)", lambda z: _sigmoid(np.abs(z))),
    ("sigmoid(z) - 1/2", lambda z: _sigmoid(z) - 0.5),
    ("sigmoid(min(z, 0))", lambda z: _sigmoid(np.minimum(z, 0))),
    ("sigmoid(max(z, 0))", lambda z: _sigmoid(np.maximum(z, 0))),
    ("sigmoid(z / 2)", lambda z: _sigmoid(z / 2)),
    ("sigmoid(2 * z)", lambda z: _sigmoid(2 * z)),
    ("z * sigmoid(z)", lambda z: z * _sigmoid(z)),
    ("log(1 + exp(z))", lambda z: np.logaddexp(0, z)),
    ("exp(z) - 1 where z < 0", lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0)))),
    ("z + |z| / 2", lambda z: z + np.abs(z) / 2),
    ("z / 2 + |z|", lambda z: z / 2 + np.abs(z)),
    ("z + 1[z > 0]", lambda z: z + (z > 0)),
    ("z where z > -1, else 0", lambda z: np.where(z > -1, z, 0)),
    ("max(z, -1)", lambda z: np.maximum(z, -1)),
    ("max(z, 0.5)", lambda z: np.maximum(z, 0.5)),
    ("max(z, 0) + 1", lambda z: np.maximum(z, 0) + 1),
    ("max(z, 0) - 1", lambda z: np.maximum(z, 0) - 1),
    ("max(z + 1, 0)", lambda z: np.maximum(z + 1, 0)),
    ("max(z - 1, 0)", lambda z: np.maximum(z - 1, 0)),
    ("z ** 2", np.square),
    ("z ** 3", lambda z: z**3),
    ("1 / (1 + z ** 2)", lambda z: 1 / (1 + z**2)),
    ("exp(-z)", lambda z: np.exp(-z)),
    ("exp(-z ** 2)", lambda z: np.exp(-(z**2))),
    ("sqrt(|z|)", lambda z: np.sqrt(np.abs(z))),
    ("(1 + tanh(z)) / 2", lambda z: (1 + np.tanh(z)) / 2),
    ("tanh(|z|)", lambda z: np.tanh(np.abs(z))),
    ("sign(z)", np.sign),
)
