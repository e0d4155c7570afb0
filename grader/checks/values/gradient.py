"""Is backward the reference's gradient, and is it the derivative of the student's own forward?

The second question is asked only when the first is answered no: its answer tells a wrong derivative from a right
derivative of another forward. Directions are certified by the reference: nothing changes sign between x - hu and x + hu
where the derivative jumps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader import numerics
from grader.checks.subject import Finding, Subject
from grader.checks.values import amplified, complex_numbers
from grader.checks.values.dependence import exchanges, heard
from grader.checks.values.given import right_given
from grader.checks.values.used_derivative import used_derivative
from grader.checks.values.values import absent, asked, compared, is_right, judged
from grader.comparison import Comparison, Outcome
from grader.diagnosis.cause import UNKNOWN, measured
from grader.diagnosis.mismatch import Mismatch
from grader.probes import Probe, Setting, values
from grader.report import Diagnosis, Evidence, Score, Verdict
from grader.results import FloatArray, Tensors
from reference.spec import Function, Given, Gradient, Kinks, Step, Tensor

KIND = "gradient"

STEP = 1e-5
"""Step of the central difference: the truncation error is h^2, the rounding error eps/h; both are below 1e-9 here."""

ACT_DERIV = "ACT_DERIV_OF_PREACT"
ACT_DERIV_MISSING = "ACT_DERIV_MISSING"

OWN_TOLERANCE = 1e-6
"""Projection and central difference of the student's own loss agree to this when backward is its derivative."""

DIRECTIONS = 2
"""Random directions a tensor: one can be orthogonal to a mistake, two independent ones are not."""


def check(spec: Gradient, subject: Subject) -> Finding:
    """Some probes against the reference; on a failure, projections of the student's own forward on the first one."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    probes = subject.probes(function, subject.rng(KIND, spec.function))
    cases = amplified.cases(subject, function)
    every = asked(subject, function, [*probes, *(case.probe for case in cases)])  # one message costs less than two
    replies, beside = every[: len(probes)], every[len(probes) :]
    comparison, notes = compared(subject, function, probes, replies, spec.given, tuple(spec.tensor_points))
    finding = judged(KIND, spec, subject, comparison, spec.tensor_points, notes)
    found = finding.result.diagnosis
    if finding.result.verdict is Verdict.PASSED:
        measured_ones = amplified.flags(subject, function, comparison.form, cases, beside)
        return replace(finding, flags=(*finding.flags, *measured_ones, *complex_numbers.flags(subject, function)))
    if subject.trial or _wrong_one(comparison) is None:
        return finding
    own = own_derivative(spec, subject, function, comparison)
    kept = sum(
        spec.own_share * points
        for name, points in spec.tensor_points.items()
        if own and own[name] and not comparison.agrees(name)
    )
    points = Score(finding.result.points.given + kept, finding.result.points.maximum)
    if found is None:
        return replace(finding, result=replace(finding.result, points=points))
    evidence: dict[str, Evidence] = {**found.evidence, "own_derivative": None if own is None else all(own.values())}
    diagnosis = Diagnosis(found.code, evidence, found.counterexample, found.counterfactual)
    wrong = _wrong_forward(spec, subject, comparison) if found.code == UNKNOWN else None
    if wrong is not None:
        diagnosis = Diagnosis("FOLLOWS_FROM_FORWARD", {**evidence, "cause": wrong})
    used = used_derivative(spec, subject, function, comparison)
    if used is not None and diagnosis.code == UNKNOWN:
        # No formula is known, but what it is in was measured: nothing but the input decides the quotient.
        about: dict[str, Evidence] = {**measured(Mismatch(comparison), used.tensor), "wrong": [used.tensor]}
        code = ACT_DERIV_MISSING if used.left_out and "at" in about else ACT_DERIV
        diagnosis = replace(diagnosis, code=code, evidence={**diagnosis.evidence, **about})
    return replace(finding, result=replace(finding.result, diagnosis=diagnosis, points=points, derivative=used))


def _wrong_forward(spec: Gradient, subject: Subject, comparison: Comparison) -> str | None:
    """A function that is wrong and whose cache the derivative is made of; of the very function, its other results."""
    function = comparison.function
    called = {action.target for action in function.recipe}
    others = [tensor.name for tensor in function.results if tensor.name not in spec.tensor_points]
    for step in spec.loss:
        name = subject.assignment.function(step.function).definition if isinstance(step, Step) else ""
        if not isinstance(step, Step) or name not in called:
            continue
        itself = step.function == function.name
        if not (all(map(comparison.agrees, others)) if itself else is_right(subject, step.function)):
            return name
    return None


def own_derivative(
    spec: Gradient, subject: Subject, function: Function, comparison: Comparison
) -> Mapping[str, bool] | None:
    """For each tensor whether it is the derivative of the student's own, other forward; None: it cannot be measured."""
    outcome = _wrong_one(comparison)
    if outcome is None:
        return None
    rng = subject.rng(KIND, spec.function, "directions")
    probe = _completed(outcome.probe, spec, rng)
    moves = [
        (name, _direction(rng, probe.arguments[spec.wrt[name]].shape)) for name in spec.wrt for _ in range(DIRECTIONS)
    ]
    moves = [(name, u) for name, u in moves if _certified(subject, probe, spec, name, u)]
    if {name for name, _ in moves} != set(spec.wrt) or not isinstance(outcome.yours, Tensors):
        return None
    probes = [_moved(probe, spec.wrt[name], sign * STEP * u) for name, u in moves for sign in (1.0, -1.0)]
    others = exchanges(subject, function, probe)
    losses = _losses(spec, subject, function, [*probes, probe, *others])  # one message costs less than two
    if losses is None:
        return None
    ends = losses[: len(probes)].reshape(-1, 2)
    slopes = (ends[:, 0] - ends[:, 1]) / (2 * STEP)
    yours, right = (_slopes_agree(tensors, moves, slopes) for tensors in (outcome.yours.values, outcome.right))
    # Where the right gradient has these slopes too, the student's forward is the one asked for. A gradient that is the
    # same everywhere can be right for a forward that is, and shows nothing.
    shown = outcome.yours.values
    varied = {name: shown[name].size > 1 and bool(np.ptp(shown[name]) > 0) for name in spec.wrt}
    own = {name: yours[name] and not right[name] and varied[name] for name in spec.wrt}
    if not any(own.values()):
        return own
    hears = heard(spec, subject, function, (probe, *others), losses[len(probes) :])
    return {name: own[name] and hears[name] for name in spec.wrt}


def _wrong_one(comparison: Comparison) -> Outcome | None:
    """The first outcome that shows the mistake and can be read; a regularisation is seen only where it is not 0."""
    readable = (o for o in comparison.outcomes if o.probe.ordinary and isinstance(o.yours, Tensors))
    return next((outcome for outcome in readable if not outcome.passed), None)


def _losses(spec: Gradient, subject: Subject, function: Function, probes: Sequence[Probe]) -> FloatArray | None:
    """The scalar whose derivative is asked, one for each probe: the last result, weighted by the upstream gradient."""
    last = Tensor(spec.objective or spec.loss[-1].results[-1], ())
    results = right_given(subject, replace(function, results=(last,)), Given(spec.loss), probes)
    if results is None:
        return None
    losses = []
    for probe, values_of in zip(probes, results, strict=True):
        value = values_of[last.name]
        weight = np.ones(()) if spec.upstream is None else probe.arguments[spec.upstream]
        if (spec.upstream is not None and value.shape != weight.shape) or (spec.upstream is None and value.size != 1):
            return None
        losses.append(float(np.sum(weight * value)))
    return np.array(losses)


def _completed(probe: Probe, spec: Gradient, rng: np.random.Generator) -> Probe:
    """The probe with what only the forward takes."""
    setting = Setting(probe.name, probe.scale, probe.sizes)
    drawn = {tensor.name: values(tensor, setting, rng) for tensor in spec.drawn}
    return replace(probe, arguments={**probe.arguments, **drawn})


def _direction(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Entries of either sign and different sizes: equal ones along a row are orthogonal to any softmax gradient."""
    return np.asarray(rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def _slopes_agree(
    tensors: Mapping[str, FloatArray], moves: Sequence[tuple[str, FloatArray]], slopes: FloatArray
) -> Mapping[str, bool]:
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
