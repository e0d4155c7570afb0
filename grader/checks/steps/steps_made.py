"""How many steps does a loop make in an epoch that is to be one step? Asked of steps that nothing explains."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from grader.checks.steps.epoch_steps import descended, same_move
from grader.checks.steps.example_weights import SAME_WEIGHTS, weights_of_examples
from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import SIZES
from grader.checks.steps.slopes import Gradients
from grader.report import Diagnosis
from grader.results import FloatArray
from reference.data import Dataset

ROWS = SIZES["N"]
"""More than the mini-batches in use."""

RATES = (1e-4, 1e-5)
"""Small enough for a straight line through a few steps, in float32 as well, and through one for each example."""

SAME_FOR_ALL = 0.01
"""By how much the weights of steps on all examples may differ from each other, relative to the largest."""

UNLIKE = 1.1
"""The last batch's weights are larger by this: where all are nearly the same a factor makes them."""

MOST_STEPS = 50
"""An epoch of more steps on all examples is a loop within the loop, and not told by its length."""


def steps_made(loop: Loop, gradients: Gradients, valid: Dataset) -> Diagnosis | None:
    """Batches, or several steps on all examples, in each epoch; None where it is not seen."""
    for rate in RATES:
        found = weights_of_examples(gradients, ROWS, loop.sizes, rows=ROWS, rate=rate)
        steps = _several(found.weights) if found else None
        if steps is not None:
            # A gradient that is so many times too large has these weights too: only longer steps tell.
            return _told(f"{steps} steps on all examples") if _is_descent(loop, gradients, valid, steps) else None
        words = _in_batches(found.weights) if found else None
        if words is not None:
            return _told(words)
    return None


def _told(words: str) -> Diagnosis:
    about = {"found": f"{words} in each epoch", "asked": "one step on all examples in each epoch"}
    return Diagnosis("OTHER_FORMULA", {**about, "wrong": ["step"]})


def _several(epochs: Sequence[FloatArray]) -> int | None:
    """How many steps on all examples an epoch has, which weigh each of them so often."""
    total = float(np.mean([weights.sum() for weights in epochs]))
    steps = round(total)
    even = all(np.ptp(weights) <= SAME_FOR_ALL * weights.max() for weights in epochs)
    whole = abs(total - steps) <= SAME_FOR_ALL * total
    return steps if even and whole and 1 < steps <= MOST_STEPS else None


def _is_descent(loop: Loop, gradients: Gradients, valid: Dataset, steps: int) -> bool:
    """Whether the second epoch is so many steps by the reference's gradient, one after the other, without momentum."""
    plain = replace(loop, spec=replace(loop.spec, hyperparameters={**loop.spec.hyperparameters, "gamma": 0.0}))
    before, after = plain.after(valid, 1), plain.after(valid, 2)
    if before is None or after is None:
        return False
    moved, rate = loop.flat(before) - loop.flat(after), float(loop.spec.hyperparameters["lr"])
    return any(
        same_move(moved, descended(partial(gradients.right, form, loop.data), before.parameters, steps, rate))
        for form in gradients.forms()
    )


def _in_batches(epochs: Sequence[FloatArray]) -> str | None:
    """Batches of one size, the last one smaller, so that its examples weigh more."""
    errors = {size: max(_unlike(weights, size) for weights in epochs) for size in range(1, ROWS)}
    size = min(errors, key=lambda one: errors[one])
    if errors[size] > SAME_WEIGHTS or (ROWS % size and size < UNLIKE * (ROWS % size)):
        return None
    return "a step on each example alone" if size == 1 else f"a step on each batch of {size} examples"


def _unlike(weights: FloatArray, size: int) -> float:
    """By how much of the largest the weights differ from those of batches of `size`, whichever example is in which."""
    rest = ROWS % size
    right = np.sort(np.concatenate([np.full(ROWS - rest, 1 / size), np.full(rest, 1 / max(rest, 1))]))
    return float(np.max(np.abs(np.sort(weights) - right)) / right.max())
