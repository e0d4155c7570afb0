"""Known wrong rates of two steps of a network whose biases are (H,), all examples in each."""

from collections.abc import Callable, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.diagnosis.two_layer import BIAS, unmoved
from reference.data import one_hot
from reference.softmax import softmax

STEP = "learning_rate *= learning_rate_decay after each pass"
Weights = tuple[FloatArray, ...]
"""W1, b1, W2, b2."""

Sum = Callable[[FloatArray], FloatArray]
"""What a bias gets of delta."""

CONVENTIONS = ((2.0, 0.0), (1.0, 0.0), (2.0, 2.0), (1.0, 1.0))
"""What the derivatives of the regularisation by weights and by biases are multiples of: reg w."""


def decayed_steps(outcome: Outcome) -> Sequence[Candidate]:
    """What two steps with wrong rates give; results are the new weights."""
    values = outcome.probe.arguments
    lr, decay = float(values["learning_rate"]), float(values["learning_rate_decay"])
    summed, alone = (lambda delta: delta.sum(axis=0)), (lambda delta: delta)
    ways: tuple[tuple[str, float, float, Sum], ...] = (
        ("RATE_NOT_DECAYED", lr, lr, summed),
        ("ASCENT", -lr, -lr * decay, summed),
        ("RATE_IGNORED", 1.0, 1.0, summed),
    )
    other: tuple[tuple[str, float, float], ...] = (
        ("lr * decay, lr * decay ** 2: the rate decays before the first pass", lr * decay, lr * decay**2),
        ("lr, lr / (1 + decay)", lr, lr / (1 + decay)),
        ("lr, lr / decay", lr, lr / decay),
        ("lr, lr * decay ** 2", lr, lr * decay**2),
        ("lr, lr * (1 - decay)", lr, lr * (1 - decay)),
        ("lr, lr - decay", lr, lr - decay),
        ("lr, decay", lr, decay),
        ("lr, lr * exp(-decay)", lr, lr * float(np.exp(-decay))),
        ("lr, 0: a single step", lr, 0.0),
    )
    asked = "the rates lr, lr * decay"
    still = {f"new_{name}": values[name] for name in ("W1", "b1", "W2", "b2")}
    return [
        unmoved(outcome, still, lr),
        *(
            Candidate(code, _moved(outcome, (first, second), shares, biases), STEP, {"lr": lr, "decay": decay})
            for shares in CONVENTIONS
            for code, first, second, biases in ways
        ),
        *(
            Candidate(
                "OTHER_FORMULA",
                _moved(outcome, (first, second), shares, summed),
                STEP,
                {"found": f"the rates {found}", "asked": asked},
            )
            for shares in CONVENTIONS
            for found, first, second in other
        ),
        *(
            # The weights of the second step are wrong too, but it is the biases that are not summed.
            Candidate("BIAS_NOT_SUMMED", {name: moved[name] for name in ("new_b1", "new_b2")}, BIAS)
            for moved in (_moved(outcome, (lr, lr * decay), shares, alone) for shares in CONVENTIONS)
        ),
    ]


def _moved(outcome: Outcome, rates: Sequence[float], shares: tuple[float, float], biases: Sum) -> dict[str, FloatArray]:
    values = outcome.probe.arguments
    x, reg = values["X"], float(values["reg"])
    now: Weights = tuple(values[name] for name in ("W1", "b1", "W2", "b2"))
    targets = one_hot(np.asarray(values["y"], dtype=np.int64), now[3].shape[0])
    for rate in rates:
        slopes = _slopes(x, targets, now, biases)
        now = tuple(w - rate * (g + share * reg * w) for w, g, share in zip(now, slopes, 2 * shares, strict=True))
    return dict(zip(("new_W1", "new_b1", "new_W2", "new_b2"), now, strict=True))


def _slopes(x: FloatArray, targets: FloatArray, weights: Weights, biases: Sum) -> Weights:
    w1, b1, w2, b2 = weights
    z1 = x @ w1 + b1
    a1 = np.maximum(z1, 0)
    delta2 = (softmax(a1 @ w2 + b2) - targets) / len(x)
    delta1 = (delta2 @ w2.T) * (z1 > 0)
    return x.T @ delta1, biases(delta1), a1.T @ delta2, biases(delta2)
