"""Is a gradient the derivative of the student's own forward, where it is not the one asked for?

Directions are certified by the reference: nothing changes sign between x - hu and x + hu where the derivative jumps.

A loss that remembers can be made to rise by any nonsense that was given as its gradient: it need only know where the
gradient was asked. So what looks like the derivative is heard again where that cannot be known: in processes that
never heard of the place itself, nor of more than one side of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader import numerics
from grader.checks.subject import Subject
from grader.checks.values.dependence import heard
from grader.checks.values.own_losses import own_losses
from grader.comparison import Outcome
from grader.probes import Probe, Setting, values
from grader.results import FloatArray, Tensors
from reference.spec import Function, Gradient, Kinks

STEP = 1e-5
"""Step of the central difference: the truncation error is h^2, the rounding error eps/h; both are below 1e-9 here."""

OWN_TOLERANCE = 1e-6
"""Projection and central difference of the student's own loss agree to this when backward is its derivative."""

DIRECTIONS = 2
"""Random directions a tensor: one can be orthogonal to a mistake, two independent ones are not."""

Moves = Sequence[tuple[str, FloatArray]]
"""Results, and the direction in which the argument moves that each is the derivative by."""


def own_derivative(spec: Gradient, subject: Subject, function: Function, outcome: Outcome) -> Mapping[str, bool] | None:
    """For each tensor whether it is the derivative of the student's own, other forward; None: it cannot be measured.

    outcome: one that shows that the gradient is wrong.
    """
    rng = subject.rng("gradient", spec.function, "directions")
    probe = _completed(outcome.probe, spec, rng)
    moves = [
        (name, _direction(rng, probe.arguments[spec.wrt[name]].shape)) for name in spec.wrt for _ in range(DIRECTIONS)
    ]
    moves = [(name, u) for name, u in moves if _certified(subject, probe, spec, name, u)]
    if {name for name, _ in moves} != set(spec.wrt) or not isinstance(outcome.yours, Tensors):
        return None
    ends = [_moved(probe, spec.wrt[name], sign * STEP * u) for sign in (1.0, -1.0) for name, u in moves]
    losses = own_losses(spec, subject, function, ends)  # one message costs less than two
    if losses is None:
        return None
    shown = outcome.yours.values
    slopes = (losses[: len(moves)] - losses[len(moves) :]) / (2 * STEP)
    yours, right = (_slopes_agree(tensors, moves, slopes) for tensors in (shown, outcome.right))
    # Where the right gradient has these slopes too, the student's forward is the one asked for. A gradient that is the
    # same everywhere can be right for a forward that is, and shows nothing.
    varied = {name: shown[name].size > 1 and bool(np.ptp(shown[name]) > 0) for name in spec.wrt}
    own = {name: yours[name] and not right[name] and varied[name] for name in spec.wrt}
    own = {name: own[name] and _unremembered(spec, subject, function, probe, moves, name, shown[name]) for name in own}
    if not any(own.values()):
        return own
    hears = heard(spec, subject, function, probe, shown)
    return {name: own[name] and hears[name] for name in spec.wrt}


def _unremembered(
    spec: Gradient, subject: Subject, function: Function, probe: Probe, moves: Moves, name: str, shown: FloatArray
) -> bool:
    """Whether a tensor is the derivative also where each side of its steps is heard in a process of its own.

    Only the argument of this tensor moves in these two: another's first step would tell where this one began.
    """
    mine = [(moved, u) for moved, u in moves if moved == name]
    sides: list[FloatArray] = []
    for sign in (1.0, -1.0):
        if subject.apart is None:
            return False
        with subject.apart() as student:
            ends = [_moved(probe, spec.wrt[name], sign * STEP * u) for _, u in mine]
            losses = own_losses(spec, replace(subject, student=student), function, ends)
        if losses is None:
            return False
        sides.append(losses)
    one, other = sides
    return _slopes_agree({name: shown}, mine, (one - other) / (2 * STEP))[name]


def _completed(probe: Probe, spec: Gradient, rng: np.random.Generator) -> Probe:
    """The probe with what only the forward takes."""
    setting = Setting(probe.name, probe.scale, probe.sizes)
    drawn = {tensor.name: values(tensor, setting, rng) for tensor in spec.drawn}
    return replace(probe, arguments={**probe.arguments, **drawn})


def _direction(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Entries of either sign and different sizes: equal ones along a row are orthogonal to any softmax gradient."""
    return np.asarray(rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def _slopes_agree(tensors: Mapping[str, FloatArray], moves: Moves, slopes: FloatArray) -> Mapping[str, bool]:
    agreed = {name: True for name, _ in moves}
    for (name, direction), slope in zip(moves, slopes, strict=True):
        tensor = tensors[name]
        if tensor.shape != direction.shape:
            agreed[name] = False
            continue
        projected = float(np.sum(tensor * direction))
        scale = max(float(np.sum(np.abs(tensor))), abs(float(slope)), numerics.TINY)
        agreed[name] &= numerics.agrees(abs(projected - float(slope)) / scale, OWN_TOLERANCE)
    return agreed


def _moved(probe: Probe, argument: str, change: FloatArray) -> Probe:
    moved: Mapping[str, FloatArray] = {**probe.arguments, argument: probe.arguments[argument] + change}
    return replace(probe, arguments=moved)


def _certified(subject: Subject, probe: Probe, spec: Gradient, tensor: str, direction: FloatArray) -> bool:
    """Whether nothing of the reference changes sign along the step where the derivative jumps."""
    if spec.kinks is None:
        return True
    one, other = (
        signs(subject, spec.kinks, _moved(probe, spec.wrt[tensor], sign * STEP * direction)) for sign in (1.0, -1.0)
    )
    return bool(np.array_equal(one, other))


def signs(subject: Subject, kinks: Kinks, probe: Probe) -> FloatArray:
    """The signs of what must not change sign; 0 on a kink."""
    return subject.oracle.signs(kinks.form, tuple(probe.arguments[name] for name in kinks.arguments))
