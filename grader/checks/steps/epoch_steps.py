"""Does each step of an epoch begin where the one before it ended? A set of equal examples tells, whatever the order.

All mini-batches of copies of one example have the same gradient at the same place, so an epoch is that many steps of
plain descent in a row; by gradients at the place where the epoch began it is one long step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from grader import numerics
from grader.checks.steps.slopes import Data, Gradients, Slopes
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


@dataclass(frozen=True, slots=True)
class EqualExamples:
    """An epoch of BATCHES mini-batches on copies of one example. one: that example. before, after: the parameters."""

    one: Data
    before: Parameters
    after: Parameters

    @property
    def moved(self) -> FloatArray:
        """How far the epoch moved the parameters, flat."""
        return flat(self.before, list(self.before)) - flat(self.after, list(self.before))


def equal_examples(
    gradients: Gradients, size: int, sizes: Mapping[str, int], momentum: float = 0.0
) -> EqualExamples | None:
    """An epoch of mini-batches of `size`: the first one where the first parameters are given; None if nothing came."""
    spec, subject = gradients.spec, gradients.subject
    function = subject.assignment.function(spec.function)
    rng = subject.rng("epoch steps", spec.function)
    row, label = rng.standard_normal((1, sizes["D"])), class_numbers(1, sizes["C"], rng)
    copies = Dataset(np.repeat(row, BATCHES * size, axis=0), np.repeat(label, BATCHES * size), sizes["C"])
    first = first_parameters(function, sizes, rng)
    data = arguments(function, copies, copies, first)
    asked = {"lr": RATE, "momentum": momentum, "batch_size": size}
    passed = {name: asked.get(name, value) for name, value in spec.hyperparameters.items() if name not in spec.unpassed}
    names = [tensor.name for tensor in function.results]
    given = [{name: first[name] for name in names}] if set(names) <= set(first) else []
    replies = train(subject, spec.function, data, passed, (1,) if given else (1, 2), None)
    states = [parameters(function, reply, sizes) for reply in replies if isinstance(reply, Returned)]
    points = [*given, *(state.parameters for state in states if isinstance(state, Trained))]
    return EqualExamples((data[0][:1], data[1][:1]), points[0], points[1]) if len(points) > 1 else None


def one_long_step(gradients: Gradients, size: int, sizes: Mapping[str, int]) -> Diagnosis | None:
    """An epoch of mini-batches of `size` that is one step by their gradients at its beginning, or None.

    Only where that is what it is exactly: other rules are not judged here.
    """
    epoch = equal_examples(gradients, size, sizes)
    if epoch is None:
        return None
    for form in gradients.forms():
        slope = partial(gradients.right, form, epoch.one)
        if same_move(epoch.moved, descended(slope, epoch.before, steps=BATCHES, rate=RATE)):
            return None
        if same_move(epoch.moved, descended(slope, epoch.before, steps=1, rate=BATCHES * RATE)):
            found = "the gradient of every batch at the parameters that the epoch began with"
            asked = "the gradient at the parameters after the step before"
            return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": ["step"]})
    return None


def velocity_within(gradients: Gradients, size: int, sizes: Mapping[str, int]) -> bool:
    """Whether the momentum is used from batch to batch within an epoch that begins with a velocity of 0.

    Of a loop whose epochs of one step each show none: then it is the end of an epoch where the velocity is lost.
    """
    gamma = float(gradients.spec.hyperparameters["gamma"])
    epoch = equal_examples(gradients, size, sizes, gamma)
    if epoch is None:
        return False
    one = epoch.one

    def own(point: Parameters) -> Slopes:
        """The student's own; one that is not there moves nothing."""
        return gradients.own(one, point) or {name: 0 * value for name, value in point.items()}

    right = [partial(gradients.right, form, one) for form in gradients.forms()]
    slopes: list[Callable[[Parameters], Slopes]] = [*right, own]
    return any(same_move(epoch.moved, descended(slope, epoch.before, BATCHES, RATE, gamma)) for slope in slopes)


def descended(
    slope: Callable[[Parameters], Slopes], before: Parameters, steps: int, rate: float, gamma: float = 0.0
) -> FloatArray:
    """How far descent moves the parameters, flat: v = gamma v + rate slope, from a velocity of 0."""
    names, point = list(before), dict(before)
    velocity = {name: np.zeros_like(before[name]) for name in names}
    for _ in range(steps):
        slopes = dict(zip(names, slope(point).values(), strict=True))
        velocity = {name: gamma * velocity[name] + rate * slopes[name] for name in names}
        point = {name: point[name] - velocity[name] for name in names}
    return flat(before, names) - flat(point, names)


def same_move(moved: FloatArray, right: FloatArray) -> bool:
    """Whether two movements are one, to what float32 leaves."""
    return moved.shape == right.shape and numerics.agrees(numerics.largest_error(moved, right), SAME)
