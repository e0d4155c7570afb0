"""Is one epoch one step from none? What else lies between the two, where it is not."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader import numerics
from grader.checks.observed_steps import Slope, observed
from grader.checks.slopes import Data, Gradients
from grader.checks.subject import Subject
from grader.checks.trained import Trained, parameters, train
from grader.diagnosis.optimizer import RULE_TOLERANCE, RULE_TOLERANCE_FLOAT32, flat
from grader.diagnosis.update import Told
from grader.results import FloatArray
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.spec import Function

FIRST_VELOCITY = 2e-5
"""A velocity that starts at 1e-5, as the original handout's did, moves each entry of the first step by no more."""


def trained_for_nothing(
    subject: Subject,
    function: Function,
    data: Sequence[NDArray[Any]],
    passed: Mapping[str, float | int],
    sizes: Mapping[str, int],
) -> Trained | None:
    """What no epochs give. Asked last, because a right loop may be unprepared for it: then there is None."""
    (reply,) = train(subject, function.name, data, passed, (0,), None)
    start = parameters(function, reply, sizes) if isinstance(reply, Returned) else None
    return start if isinstance(start, Trained) else None


def is_first(gradients: Gradients, function: Function, states: list[Trained], rows: Data) -> bool:
    """Whether what lies between one epoch and two is lr times the gradient alone, as only the first step is."""
    before = states[0].parameters
    slopes = [*(gradients.right(form, rows, before) for form in gradients.forms()), gradients.own(rows, before)]
    pair = [states[0], states[0], states[1]]
    found = [observed(gradients.spec, function, pair, slope, None) for slope in slopes if slope]
    return any(np.any(steps.moved) and steps.follows(steps.lr * steps.gradient) for steps in found)


def not_one_step(
    gradients: Gradients, function: Function, start: Trained, first: Trained, rows: Data
) -> tuple[Told, ...]:
    """What one epoch is where it is not one step of lr gradient from none; empty where it is, up to a small velocity.

    The number of steps is said to be off only where it is seen: no step, or two.
    """
    names = [tensor.name for tensor in function.results]
    moved = flat(start.parameters, names) - flat(first.parameters, names)
    lr, gamma = (float(gradients.spec.hyperparameters[name]) for name in ("lr", "gamma"))
    off = (Told("EPOCHS_OFF_BY_ONE", {"lr": lr}),)
    if not np.any(moved):
        return off
    found: tuple[Told, ...] = ()
    # Lazily: the student's own is asked in another process, which a right loop need not have.
    ways: list[Slope] = [*(partial(gradients.right, form) for form in gradients.forms()), gradients.own]
    tolerance = RULE_TOLERANCE_FLOAT32 if first.single else RULE_TOLERANCE
    for way in ways:
        slopes = way(rows, start.parameters)
        slope = flat(slopes, tuple(slopes)) if slopes is not None else np.empty(0)
        if slope.shape != moved.shape:
            continue
        rest = moved - lr * slope
        if np.all(np.abs(rest) <= FIRST_VELOCITY):
            return ()
        if numerics.agrees(numerics.largest_error(rest, np.full_like(rest, rest[0])), tolerance):
            found = (_velocity(rest[0] / gamma if gamma else rest[0]),)
        two = _two_steps(start, slope, way, names, rows, (lr, gamma), moved, tolerance)
        if two or (gamma and _one_before(start, rest / gamma, way, names, rows, lr, tolerance)):
            found = off
    return found or (Told("UNKNOWN", {"probes_wrong": 1, "probes": 1}),)


def _two_steps(
    start: Trained,
    slope: FloatArray,
    way: Slope,
    names: Sequence[str],
    rows: Data,
    rates: tuple[float, float],
    moved: FloatArray,
    tolerance: float,
) -> bool:
    """Whether one epoch is two steps: with the momentum asked for, without one, or with its sign turned."""
    lr, gamma = rates
    second = way(rows, _away(start, -lr * slope, names))
    if second is None:
        return False
    steps = [(1 + momentum) * lr * slope + lr * flat(second, tuple(second)) for momentum in (gamma, 0.0, -gamma)]
    return any(numerics.agrees(numerics.largest_error(moved, step), tolerance) for step in steps)


def _one_before(
    start: Trained, velocity: FloatArray, way: Slope, names: Sequence[str], rows: Data, lr: float, tolerance: float
) -> bool:
    """Whether no epoch is one step already, with this velocity: lr times the gradient where that step began."""
    first = way(rows, _away(start, velocity, names))
    step = lr * flat(first, tuple(first)) if first is not None else np.empty(0)
    # The velocity is what two steps leave over: it has lost some decimals.
    return step.shape == velocity.shape and numerics.agrees(numerics.largest_error(velocity, step), 100 * tolerance)


def _away(start: Trained, by: FloatArray, names: Sequence[str]) -> Parameters:
    """The parameters moved by a vector."""
    found, taken = {}, 0
    for name in names:
        value = start.parameters[name]
        found[name] = value + by[taken : taken + value.size].reshape(value.shape)
        taken += value.size
    return found


def _velocity(start: float) -> Told:
    """A velocity that does not start at zero."""
    about = {"found": f"a velocity that starts at {start:.4g}", "asked": "a velocity that starts at 0"}
    return Told("OTHER_FORMULA", {**about, "wrong": ["first step"], "subject": "the step"})
