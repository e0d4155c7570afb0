"""Is one epoch one step from none? What else lies between the two, where it is not."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from grader import numerics
from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import Slope, observed
from grader.checks.steps.slopes import Gradients
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import RULE_TOLERANCE, RULE_TOLERANCE_FLOAT32, flat
from grader.diagnosis.update import Told
from grader.results import FloatArray
from reference.spec import UpdateRule

FIRST_VELOCITY = 2e-5
"""A velocity that starts at 1e-5, as the original handout's did, moves each entry of the first step by no more."""

TWICE_LEFT_OVER = 100.0
"""What is left over of two steps has lost about two more decimals than a step."""


def off_by_one(spec: UpdateRule) -> Told:
    """One epoch that is two steps, or none."""
    return Told("EPOCHS_OFF_BY_ONE", {"lr": float(spec.hyperparameters["lr"])})


def is_first(loop: Loop, gradients: Gradients, states: list[Trained]) -> bool:
    """Whether what lies between one epoch and two is lr times the gradient alone, as only the first step is."""
    before = states[0].parameters
    slopes = [*(gradients.right(form, loop.data, before) for form in gradients.forms())]
    found = [
        observed(loop.spec, loop.function, [states[0], states[0], states[1]], slope, None)
        for slope in (*slopes, gradients.own(loop.data, before))
        if slope
    ]
    return any(np.any(steps.moved) and steps.follows(steps.lr * steps.gradient) for steps in found)


def not_one_step(
    loop: Loop, gradients: Gradients, start: Trained, first: Trained, factor: float = 1.0
) -> tuple[Told, ...]:
    """What one epoch is where it is not one step of lr gradient from none; empty where it is, up to a small velocity.

    The number of steps is said to be off only where it is seen: no step, or two. factor: what the gradient is
    multiplied by in every step beside the rate.
    """
    moved = _Moved(loop, start, first, factor)
    if not np.any(moved.by):
        return (off_by_one(loop.spec),)
    found: tuple[Told, ...] = ()
    # Lazily: the student's own is asked in another process, which a right loop need not have.
    ways: list[Slope] = [*(partial(gradients.right, form) for form in gradients.forms()), gradients.own]
    for way in ways:
        slope = moved.gradient(way, 0.0)
        if slope is None:
            continue
        rest = moved.by - moved.lr * slope
        if np.all(np.abs(rest) <= FIRST_VELOCITY):
            return ()
        if moved.is_two(way, slope) or moved.is_second(way, rest):
            found = (off_by_one(loop.spec),)
        elif weights := moved.of_weights(rest):
            about = {"found": weights, "asked": "a velocity that starts at 0"}
            found = (Told("OTHER_FORMULA", {**about, "wrong": ["first step"], "subject": "the step"}),)
        elif moved.same(rest, np.full_like(rest, rest[0])):
            found = (_velocity(rest[0] / moved.gamma if moved.gamma else rest[0]),)
    return found or (Told("UNKNOWN"),)


@dataclass(frozen=True, slots=True)
class _Moved:
    """What lies between no epoch and one. factor: what the rate is multiplied by in every step."""

    loop: Loop
    start: Trained
    first: Trained
    factor: float

    @property
    def by(self) -> FloatArray:
        """What the first epoch subtracted."""
        return self.loop.flat(self.start) - self.loop.flat(self.first)

    @property
    def lr(self) -> float:
        """The rate asked for, times the factor."""
        return self.factor * float(self.loop.spec.hyperparameters["lr"])

    @property
    def gamma(self) -> float:
        """The momentum asked for."""
        return float(self.loop.spec.hyperparameters["gamma"])

    def same(self, one: FloatArray, other: FloatArray, lost: float = 1.0) -> bool:
        """Whether two vectors are one step. lost: the factor by which rounding has grown."""
        tolerance = RULE_TOLERANCE_FLOAT32 if self.first.single else RULE_TOLERANCE
        return numerics.agrees(numerics.largest_error(one, other), lost * tolerance)

    def gradient(self, way: Slope, away: FloatArray | float) -> FloatArray | None:
        """The gradient at the start moved by a vector; None where there is none of the parameters' shapes."""
        point, taken = {}, 0
        moved = self.loop.flat(self.start) + away
        for name in self.loop.names:
            value = self.start.parameters[name]
            point[name] = moved[taken : taken + value.size].reshape(value.shape)
            taken += value.size
        slopes = way(self.loop.data, point)
        slope = flat(slopes, tuple(slopes)) if slopes is not None else None
        return slope if slope is not None and slope.shape == moved.shape else None

    def is_two(self, way: Slope, slope: FloatArray) -> bool:
        """Whether it is two steps: with the momentum asked for, without one, or with its sign turned."""
        second = self.gradient(way, -self.lr * slope)
        if second is None:
            return False
        momenta = (self.gamma, 0.0, -self.gamma)
        return any(self.same(self.by, self.lr * ((1 + momentum) * slope + second)) for momentum in momenta)

    def of_weights(self, rest: FloatArray) -> str | None:
        """What the velocity begins with, where what is left over is gamma times the first weights or gradients."""
        start = self.loop.flat(self.start)
        if self.gamma and self.same(rest, self.gamma * start):
            return "a velocity that starts at the weights"
        return "a velocity that starts at minus the weights" if self.same(rest, -self.gamma * start) else None

    def is_second(self, way: Slope, rest: FloatArray) -> bool:
        """Whether no epoch is one step already: what is left over is gamma times the step that led to the start."""
        if not self.gamma:
            return False
        velocity = rest / self.gamma
        slope = self.gradient(way, velocity)
        return slope is not None and self.same(velocity, self.lr * slope, TWICE_LEFT_OVER)


def _velocity(start: float) -> Told:
    """A velocity that does not start at zero."""
    about = {"found": f"a velocity that starts at {start:.4g}", "asked": "a velocity that starts at 0"}
    return Told("OTHER_FORMULA", {**about, "wrong": ["first step"], "subject": "the step"})
