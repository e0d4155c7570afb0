"""Does each step of an epoch begin where the one before it ended? A set of equal examples tells, whatever the order.

All mini-batches of copies of one example have the same gradient at the same place, so an epoch is that many steps of
plain descent in a row; by gradients at the place where the epoch began it is one long step.
"""

from collections.abc import Mapping

import numpy as np

from grader import numerics
from grader.checks.steps.slopes import Data, Gradients
from grader.checks.trained import Trained, arguments, first_parameters, parameters, train
from grader.diagnosis.optimizer import flat
from grader.probes import class_numbers
from grader.report import Diagnosis
from grader.results import FloatArray
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.data import Dataset

BATCHES = 4
RATE = 0.1
"""Long enough that the steps of an epoch bend: its last gradient differs from the first by far more than SAME."""

SAME = 1e-5
"""Of the largest entry of what moved; float32 leaves 1e-6 of it."""


def one_long_step(gradients: Gradients, size: int, sizes: Mapping[str, int]) -> Diagnosis | None:
    """An epoch of mini-batches of `size` that is one step by their gradients at its beginning, or None.

    Only where that is what it is exactly: other rules are not judged here.
    """
    spec, subject = gradients.spec, gradients.subject
    function = subject.assignment.function(spec.function)
    rng = subject.rng("epoch steps", spec.function)
    row, label = rng.standard_normal((1, sizes["D"])), class_numbers(1, sizes["C"], rng)
    copies = Dataset(np.repeat(row, BATCHES * size, axis=0), np.repeat(label, BATCHES * size), sizes["C"])
    first = first_parameters(function, sizes, rng)
    data = arguments(function, copies, copies, first)
    plain = {"lr": RATE, "momentum": 0.0, "batch_size": size}
    passed = {name: plain.get(name, value) for name, value in spec.hyperparameters.items() if name not in spec.unpassed}
    names = [tensor.name for tensor in function.results]
    given = [{name: first[name] for name in names}] if set(names) <= set(first) else []
    replies = train(subject, spec.function, data, passed, (1,) if given else (1, 2), None)
    states = [parameters(function, reply, sizes) for reply in replies if isinstance(reply, Returned)]
    points = [*given, *(state.parameters for state in states if isinstance(state, Trained))]
    if len(points) < 2:
        return None
    before, after = points[0], points[1]
    moved, one = flat(before, names) - flat(after, names), (data[0][:1], data[1][:1])
    for form in gradients.forms():
        if same_move(moved, descended(gradients, form, one, before, steps=BATCHES, rate=RATE)):
            return None
        if same_move(moved, descended(gradients, form, one, before, steps=1, rate=BATCHES * RATE)):
            found = "the gradient of every batch at the parameters that the epoch began with"
            asked = "the gradient at the parameters after the step before"
            return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": ["step"]})
    return None


def descended(gradients: Gradients, form: str, data: Data, before: Parameters, steps: int, rate: float) -> FloatArray:
    """How far plain descent moves the parameters, flat."""
    names, point = list(before), dict(before)
    for _ in range(steps):
        slopes = gradients.right(form, data, point)
        point = {name: point[name] - rate * slope for name, slope in zip(names, slopes.values(), strict=True)}
    return flat(before, names) - flat(point, names)


def same_move(moved: FloatArray, right: FloatArray) -> bool:
    """Whether two movements are one, to what float32 leaves."""
    return moved.shape == right.shape and numerics.agrees(numerics.largest_error(moved, right), SAME)
