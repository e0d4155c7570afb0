"""Known wrong rates of two steps of a network whose biases are (H,), all examples in each."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from reference.data import one_hot
from reference.softmax import softmax

STEP = "learning_rate *= learning_rate_decay after each pass"
Weights = tuple[FloatArray, ...]
"""W1, b1, W2, b2."""

CONVENTIONS = ((2.0, 0.0), (1.0, 0.0), (2.0, 2.0), (1.0, 1.0))
"""What the derivatives of the regularisation by weights and by biases are multiples of: reg w."""


def decayed_steps(outcome: Outcome) -> Sequence[Candidate]:
    """What two steps with wrong rates give; results are the new weights."""
    values = outcome.probe.arguments
    lr, decay = float(values["learning_rate"]), float(values["learning_rate_decay"])
    rates = (
        ("RATE_NOT_DECAYED", lr, lr),
        ("PARAMS_NOT_UPDATED", 0.0, 0.0),
        ("ASCENT", -lr, -lr * decay),
        ("RATE_IGNORED", 1.0, 1.0),
    )
    return [
        Candidate(code, _moved(outcome, first, second, of_weights, of_biases), STEP, {"lr": lr, "decay": decay})
        for of_weights, of_biases in CONVENTIONS
        for code, first, second in rates
    ]


def _moved(outcome: Outcome, first: float, second: float, of_weights: float, of_biases: float) -> dict[str, FloatArray]:
    values = outcome.probe.arguments
    x, reg = values["X"], float(values["reg"])
    now: Weights = tuple(values[name] for name in ("W1", "b1", "W2", "b2"))
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), now[3].shape[0])
    for rate in (first, second):
        slopes = _slopes(x, targets, now)
        penalties = (of_weights, of_biases, of_weights, of_biases)
        now = tuple(w - rate * (g + share * reg * w) for w, g, share in zip(now, slopes, penalties, strict=True))
    return dict(zip(("new_W1", "new_b1", "new_W2", "new_b2"), now, strict=True))


def _slopes(x: FloatArray, targets: FloatArray, weights: Weights) -> Weights:
    w1, b1, w2, b2 = weights
    z1 = x @ w1 + b1
    a1 = np.maximum(z1, 0)
    delta2 = (softmax(a1 @ w2 + b2) - targets) / len(x)
    delta1 = (delta2 @ w2.T) * (z1 > 0)
    return x.T @ delta1, delta1.sum(axis=0), a1.T @ delta2, delta2.sum(axis=0)
