"""Three states of a training as the steps that a rule is read from."""

from collections.abc import Callable

import numpy as np

from grader.checks.steps.slopes import Data, Slopes
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps, flat
from grader.standing import Parameters
from reference.spec import Function, UpdateRule

SIZES = {"N": 149, "D": 7, "C": 10}  # more rows than the mini-batches in use: 32, 64, 100, 128

Slope = Callable[[Data, Parameters], Slopes | None]
"""The gradient of some data at a point; None where the student's own function gives none."""


def observed(
    spec: UpdateRule,
    function: Function,
    states: list[Trained],
    gradient: Slopes,
    before: Slopes | None,
) -> Steps:
    """The steps between three states, with the gradient at the second, and at the first where it is known."""
    names = [tensor.name for tensor in function.results]
    first, second, third = (flat(state.parameters, names) for state in states)
    slope = flat(gradient, tuple(gradient))
    earlier = flat(before, tuple(before)) if before is not None else None
    if slope.shape != second.shape:  # the student's own gradient has another shape: no rule can be followed with it
        slope = np.full_like(second, np.nan)
    return Steps(
        first=first,
        second=second,
        third=third,
        gradient=slope,
        lr=float(spec.hyperparameters["lr"]),
        gamma=float(spec.hyperparameters["gamma"]),
        samples=SIZES["N"],
        single=any(state.single for state in states),
        before=earlier if earlier is not None and earlier.shape == second.shape else None,
    )
