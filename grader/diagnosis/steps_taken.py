"""Steps of a network whose biases are (H,), on all examples, at given rates and with a given regularisation."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from reference.data import one_hot
from reference.softmax import softmax

Weights = tuple[FloatArray, ...]
"""W1, b1, W2, b2."""

Sum = Callable[[FloatArray], FloatArray]
"""What a bias gets of delta."""

CONVENTIONS = ((2.0, 0.0), (1.0, 0.0), (2.0, 2.0), (1.0, 1.0))
"""What the derivatives of the regularisation by weights and by biases are multiples of: reg w."""

OTHERWISE = (
    ("REG_MISSING_IN_GRAD", 0.0),
    ("REG_SCALE", 4.0),
    ("REG_SCALE", 0.5),
    ("REG_SIGN", -2.0),
    ("REG_SIGN", -1.0),
)
"""Mistakes of the regularisation, and what its derivatives by the weights are multiples of then: reg w."""


def otherwise_regularised(outcome: Outcome, rates: Sequence[float]) -> list[Candidate]:
    """Steps at these rates whose gradient has no regularisation, twice or half of it, or subtracts it."""
    return [
        Candidate(code, moved(outcome, rates, (share, 0.0), lambda delta: delta.sum(axis=0)), "+ 2 * reg * W")
        for code, share in OTHERWISE
    ]


def moved(outcome: Outcome, rates: Sequence[float], shares: tuple[float, float], biases: Sum) -> dict[str, FloatArray]:
    """The new weights after a step at each of the rates. shares: one of CONVENTIONS. biases: what they get of delta."""
    values = outcome.probe.arguments
    x, reg = values["X"], float(values["reg"])
    now: Weights = tuple(values[name] for name in ("W1", "b1", "W2", "b2"))
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), now[3].shape[0])
    for rate in rates:
        slopes = _slopes(x, targets, now, biases)
        now = tuple(w - rate * (g + share * reg * w) for w, g, share in zip(now, slopes, 2 * shares, strict=True))
    return dict(zip(("new_W1", "new_b1", "new_W2", "new_b2"), now, strict=True))


def remembering(
    outcome: Outcome, rates: tuple[float, float], shares: tuple[float, float], mixed: tuple[float, float], anew: bool
) -> dict[str, FloatArray]:
    """The new weights where the second of two steps mixes the slopes of the first weights with those of the next.

    mixed: how much of each. anew: the regularisation is not mixed, but that of the weights as they are by then.
    """
    values = outcome.probe.arguments
    reg = float(values["reg"])
    first: Weights = tuple(values[name] for name in ("W1", "b1", "W2", "b2"))
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), first[3].shape[0])

    def slopes(weights: Weights) -> Weights:
        return _slopes(values["X"], targets, weights, lambda delta: delta.sum(axis=0))

    def pulled(weights: Weights) -> Weights:
        return tuple(share * reg * w for w, share in zip(weights, 2 * shares, strict=True))

    def mix(old: Weights, new: Weights) -> Weights:
        return tuple(mixed[0] * o + mixed[1] * n for o, n in zip(old, new, strict=True))

    before = slopes(first)
    steps = zip(first, before, pulled(first), strict=True)
    second: Weights = tuple(w - rates[0] * (g + p) for w, g, p in steps)
    pulls = pulled(second) if anew else mix(pulled(first), pulled(second))
    steps = zip(second, mix(before, slopes(second)), pulls, strict=True)
    third = tuple(w - rates[1] * (g + p) for w, g, p in steps)
    return dict(zip(("new_W1", "new_b1", "new_W2", "new_b2"), third, strict=True))


def _slopes(x: FloatArray, targets: FloatArray, weights: Weights, biases: Sum) -> Weights:
    w1, b1, w2, b2 = weights
    z1 = x @ w1 + b1
    a1 = np.maximum(z1, 0)
    delta2 = (softmax(a1 @ w2 + b2) - targets) / len(x)
    delta1 = (delta2 @ w2.T) * (z1 > 0)
    return x.T @ delta1, biases(delta1), a1.T @ delta2, biases(delta2)
