"""Known wrong losses and steps of a network whose biases are (H,): those of a cost, with biases of that shape."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.cost_gradient import cost_gradient
from grader.diagnosis.fixed_rates import FIXED_RATES
from grader.diagnosis.mismatch import Candidate, FloatArray, same
from grader.diagnosis.steps_taken import one_after_another, otherwise_regularised
from grader.report import Evidence
from grader.results import Tensors

STEP = "w -= learning_rate * grads[name]"
BIAS = "np.sum(delta, axis=0)"
WEIGHTS = ("W1", "b1", "W2", "b2")


def two_layer_loss(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong losses and gradients are for one outcome; results are cost, d_w1, d_b1, d_w2, d_b2."""
    return [_flat_biases(candidate) for candidate in cost_gradient(outcome)]


def sampled_step(outcome: Outcome) -> Sequence[Candidate]:
    """What one wrong step gives; results are the new weights."""
    values, right = outcome.probe.arguments, outcome.right
    lr = float(values["learning_rate"])
    slopes = {name: (values[name] - right[f"new_{name}"]) / lr for name in WEIGHTS}
    still = {f"new_{name}": values[name] for name in WEIGHTS}
    climbing = {f"new_{name}": values[name] + lr * slope for name, slope in slopes.items()}
    rows = int(values["batch_size"])
    # All examples are one: each has the same share of the gradient, which no regularisation is in.
    spread = {
        f"new_{name}": values[name] - lr * np.repeat(slopes[name].reshape(1, -1) / rows, rows, axis=0)
        for name in ("b1", "b2")
    }
    plain = {f"new_{name}": values[name] - slope for name, slope in slopes.items()}
    return [
        unmoved(outcome, still, lr),
        Candidate("ASCENT", climbing, STEP),
        Candidate("BIAS_NOT_SUMMED", spread, BIAS),
        *(
            Candidate("STEP_NOT_WEIGHT", {f"new_{name}": sign * lr * slope for name, slope in slopes.items()}, STEP)
            for sign in (1, -1)
        ),
        Candidate("RATE_IGNORED", plain, STEP, {"lr": lr}),
        *(
            Candidate(
                "OTHER_FORMULA",
                {f"new_{name}": values[name] - lr * factor * slope for name, slope in slopes.items()},
                STEP,
                {"found": f"a step of {found}", "asked": "learning_rate * grads[name]"},
            )
            for found, factor in (
                *other_steps("grads[name]", lr, rows),
                *((f"{rate:g} * grads[name], whatever learning_rate is,", rate / lr) for rate in FIXED_RATES),
            )
        ),
        *otherwise_regularised(outcome, (lr,)),
        *one_after_another(outcome, (lr,)),
    ]


def other_steps(slope: str, lr: float, rows: int) -> Sequence[tuple[str, float]]:
    """How far a step may go in place of learning_rate times a slope, in words and as a factor of that."""
    return (
        (f"learning_rate / batch_size * {slope}", 1 / rows),
        (f"learning_rate * batch_size * {slope}", float(rows)),
        (f"learning_rate ** 2 * {slope}", lr),
        (f"2 * learning_rate * {slope}", 2.0),
        (f"learning_rate / 2 * {slope}", 0.5),
    )


def unmoved(outcome: Outcome, still: Mapping[str, FloatArray], lr: float) -> Candidate:
    """Weights that stay what they were: all of them, or those that the student's step leaves alone."""
    yours = outcome.yours.values if isinstance(outcome.yours, Tensors) else {}
    moved = [name for name, value in still.items() if not same(outcome.right[name], value)]
    frozen = [name for name in moved if name in yours and same(yours[name], still[name])]
    if not frozen or len(frozen) == len(moved):
        return Candidate("PARAMS_NOT_UPDATED", still, STEP, {"lr": lr})
    about: dict[str, Evidence] = {"lr": lr, "frozen": [name.removeprefix("new_") for name in frozen]}
    return Candidate("SOME_PARAMS_NOT_UPDATED", still, STEP, about)


def _flat_biases(candidate: Candidate) -> Candidate:
    tensors = {
        name: value[0] if name in ("d_b1", "d_b2") and value.ndim == 2 and len(value) == 1 else value
        for name, value in candidate.tensors.items()
    }
    return replace(candidate, tensors=tensors)
