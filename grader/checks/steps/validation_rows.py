"""The validation set that a loop is given while its steps are followed."""

from collections.abc import Sequence

import numpy as np

from grader.checks.steps.observed_steps import SIZES
from grader.checks.steps.slopes import Gradients
from grader.checks.steps.validation import improving
from grader.results import FloatArray
from grader.standing import Parameters
from reference.data import Dataset
from reference.spec import Function

VALIDATION_ROWS = 11

LOSING_CANDIDATES = 100
"""Rows to choose from where states are twenty epochs and more apart: many of them change their class."""


def improving_rows(
    gradients: Gradients,
    function: Function,
    start: Parameters,
    rows: Dataset,
    steps: int,
    rng: np.random.Generator,
    *,
    own: bool = False,
) -> Dataset | None:
    """A validation set on which every epoch of a training by the rule is the best so far.

    own: by the student's own gradient, with which a loop that keeps its best epoch is right too.
    """
    names = [tensor.name for tensor in function.results]
    lr = float(gradients.spec.hyperparameters["lr"])
    states = [start]
    data, point = (rows.inputs, rows.labels), start
    for _ in range(steps):
        slopes = gradients.own(data, point) if own else None
        if slopes is None or [slope.shape for slope in slopes.values()] != [point[name].shape for name in names]:
            slopes = gradients.right(gradients.forms()[0], data, point)
        pairs = zip(names, slopes.values(), strict=True)
        point = {name: point[name] - lr * slope for name, slope in pairs}
        states.append(point)
    return _rising(gradients, names, states, rng)


def worsening_rows(
    gradients: Gradients, function: Function, states: Sequence[Parameters], rng: np.random.Generator
) -> Dataset | None:
    """A validation set on which each of these states is worse than the one before, in loss and in accuracy."""
    return _rising(gradients, [tensor.name for tensor in function.results], states[::-1], rng)


def losing_rows(
    gradients: Gradients, function: Function, first: Parameters, last: Parameters, rng: np.random.Generator
) -> Dataset | None:
    """A validation set that gets worse, in loss and in accuracy, from one state to a much later one.

    Its rows are those whose class changes on the way, with the class that they had; where none does, the class of each
    that loses most. Cheaper than `worsening_rows`, which minds every state between.
    """
    form = gradients.spec.probabilities
    if form is None:
        return None
    names = [tensor.name for tensor in function.results]
    inputs = rng.standard_normal((LOSING_CANDIDATES, SIZES["D"]))
    before, after = (_probabilities(gradients, form, names, inputs, state) for state in (first, last))
    had, lost = before.argmax(axis=1), before - after
    changed = (had != after.argmax(axis=1)) & (lost[np.arange(len(had)), had] > 0)
    if not np.any(changed):
        return Dataset(inputs, lost.argmax(axis=1), SIZES["C"])
    return Dataset(inputs[changed], had[changed], SIZES["C"])


def _rising(
    gradients: Gradients, names: Sequence[str], states: Sequence[Parameters], rng: np.random.Generator
) -> Dataset | None:
    form = gradients.spec.probabilities
    if form is None:
        return None

    def probabilities(inputs: FloatArray, state: Parameters) -> FloatArray:
        return _probabilities(gradients, form, names, inputs, state)

    return improving(states, probabilities, (SIZES["D"], SIZES["C"]), rng)


def _probabilities(
    gradients: Gradients, form: str, names: Sequence[str], inputs: FloatArray, state: Parameters
) -> FloatArray:
    """The reference's probabilities (N, C) of inputs (N, D)."""
    return gradients.subject.oracle.computed(form, ["p"], (inputs, *(state[name] for name in names)))["p"]
