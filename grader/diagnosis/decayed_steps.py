"""Known wrong rates of two steps of a network whose biases are (H,), all examples in each."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate
from grader.diagnosis.steps_taken import CONVENTIONS, Sum, moved, otherwise_regularised
from grader.diagnosis.two_layer import BIAS, unmoved

STEP = "learning_rate *= learning_rate_decay after each pass"


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
        *otherwise_regularised(outcome, (lr, lr * decay)),
        *(
            Candidate(code, moved(outcome, (first, second), shares, biases), STEP, {"lr": lr, "decay": decay})
            for shares in CONVENTIONS
            for code, first, second, biases in ways
        ),
        *(
            Candidate(
                "OTHER_FORMULA",
                moved(outcome, (first, second), shares, summed),
                STEP,
                {"found": f"the rates {found}", "asked": asked},
            )
            for shares in CONVENTIONS
            for found, first, second in other
        ),
        *(
            # The weights of the second step are wrong too, but it is the biases that are not summed.
            Candidate("BIAS_NOT_SUMMED", {name: biased[name] for name in ("new_b1", "new_b2")}, BIAS)
            for biased in (moved(outcome, (lr, lr * decay), shares, alone) for shares in CONVENTIONS)
        ),
    ]
