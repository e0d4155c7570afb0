"""Known wrong rates of two steps of a network whose biases are (H,), all examples in each."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Candidate
from grader.diagnosis.steps_taken import (
    CONVENTIONS,
    Sum,
    from_the_first,
    moved,
    one_after_another,
    otherwise_regularised,
    remembering,
    with_momentum,
)
from grader.diagnosis.two_layer import BIAS, other_steps, unmoved

STEP = "learning_rate *= learning_rate_decay after each pass"


REMEMBERED = (
    ("the gradients of the first weights in both steps", (1.0, 0.0)),
    ("the gradients of both steps, added up, in the second", (1.0, 1.0)),
    ("the gradients of the first weights, added up, in the second step", (2.0, 0.0)),
)
"""What a second step may take that does not forget the first, and how much of the old and of the new slopes."""


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
        *(
            (f"{found.replace('learning_rate', 'lr')} in both steps", lr * factor, lr * decay * factor)
            for found, factor in other_steps("decay ** pass", lr, int(values["batch_size"]))
        ),
    )
    asked = "the rates lr, lr * decay"
    still = {f"new_{name}": values[name] for name in ("W1", "b1", "W2", "b2")}
    return [
        unmoved(outcome, still, lr),
        *otherwise_regularised(outcome, (lr, lr * decay)),
        *from_the_first(outcome, (lr, lr * decay), STEP),
        *with_momentum(outcome, (lr, lr * decay)),
        *one_after_another(outcome, (lr, lr * decay)),
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
            Candidate(
                "OTHER_FORMULA",
                remembering(outcome, (lr, lr * decay), shares, mixed, anew),
                STEP,
                {"found": found, "asked": "the gradients of the new weights alone"},
            )
            for found, mixed in REMEMBERED
            for shares in CONVENTIONS
            for anew in (False, True)
        ),
        *(
            # The weights of the second step are wrong too, but it is the biases that are not summed.
            Candidate("BIAS_NOT_SUMMED", {name: biased[name] for name in ("new_b1", "new_b2")}, BIAS)
            for biased in (moved(outcome, (lr, lr * decay), shares, alone) for shares in CONVENTIONS)
        ),
    ]
