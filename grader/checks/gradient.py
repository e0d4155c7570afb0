"""Is backward the reference's gradient, and is it the derivative of the student's own loss?

The second question is asked only when the first is answered no: its answer tells a wrong derivative from a right
derivative of another loss. Directions are certified by the reference: no ReLU changes sign between x - hu and x + hu.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from grader import numerics
from grader.checks import amplified
from grader.checks.given import right_given
from grader.checks.subject import Finding, Subject
from grader.checks.values import absent, asked, compared, judged
from grader.comparison import Comparison
from grader.probes import Probe, ordinary_probes
from grader.report import Diagnosis, Evidence, Verdict
from grader.results import FloatArray, Tensors
from reference.spec import Function, Given, Gradient, Tensor

KIND = "gradient"

STEP = 1e-5
"""Step of the central difference: the truncation error is h^2, the rounding error eps/h; both are below 1e-9 here."""

OWN_TOLERANCE = 1e-6
"""Projection and central difference of the student's own loss agree to this when backward is its derivative."""

DIRECTIONS = 2
"""Random directions a tensor: one can be orthogonal to a mistake, two independent ones are not."""

LOSS = Tensor("loss", ())


def check(spec: Gradient, subject: Subject) -> Finding:
    """Four probes against the reference; on a failure, projections of the student's own loss on the first probe."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    probes = ordinary_probes(function, subject.rng(KIND, spec.function))
    replies = asked(subject, function, probes)
    comparison, notes = compared(subject, function, probes, replies, spec.given)
    finding = judged(KIND, spec, subject, comparison, spec.tensor_points, notes)
    found = finding.result.diagnosis
    if finding.result.verdict is Verdict.PASSED:
        return replace(finding, flags=(*finding.flags, *amplified.flags(subject, function, comparison.form)))
    if found is None or not isinstance(comparison.outcomes[0].yours, Tensors):
        return finding
    own = own_derivative(spec, subject, function, comparison)
    evidence: dict[str, Evidence] = {**found.evidence, "own_derivative": own}
    diagnosis = Diagnosis(found.code, evidence, found.counterexample, found.counterfactual)
    return replace(finding, result=replace(finding.result, diagnosis=diagnosis))


def own_derivative(spec: Gradient, subject: Subject, function: Function, comparison: Comparison) -> bool | None:
    """Whether each tensor is the derivative of the student's own, other loss; None where that cannot be measured."""
    outcome = comparison.outcomes[0]
    rng = subject.rng(KIND, spec.function, "directions")
    moves = [
        (name, _direction(rng, outcome.probe.arguments[spec.wrt[name]].shape))
        for name in spec.wrt
        for _ in range(DIRECTIONS)
    ]
    moves = [(name, direction) for name, direction in moves if _certified(outcome.probe, spec, name, direction)]
    if not moves:
        return None
    probes = [_moved(outcome.probe, spec.wrt[name], sign * STEP * u) for name, u in moves for sign in (1.0, -1.0)]
    losses = right_given(subject, replace(function, results=(LOSS,)), Given(spec.loss), probes)
    if losses is None or any(values["loss"].size != 1 for values in losses):
        return None
    values = np.array([values["loss"].item() for values in losses]).reshape(-1, 2)
    slopes = (values[:, 0] - values[:, 1]) / (2 * STEP)
    if not isinstance(outcome.yours, Tensors):
        return False
    # Where the right gradient has these slopes too, the student's loss is the one asked for.
    return _slopes_agree(outcome.yours.values, moves, slopes) and not _slopes_agree(outcome.right, moves, slopes)


def _direction(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Entries of either sign and different sizes: equal ones along a row are orthogonal to any softmax gradient."""
    return np.asarray(rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def _slopes_agree(
    values: Mapping[str, FloatArray],
    moves: list[tuple[str, FloatArray]],
    slopes: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> bool:
    for (name, direction), slope in zip(moves, slopes, strict=True):
        tensor = values[name]
        if tensor.shape != direction.shape:
            return False
        projected = float(np.sum(tensor * direction))
        scale = max(float(np.sum(np.abs(tensor))), abs(float(slope)), numerics.TINY)
        if not numerics.agrees(abs(projected - float(slope)) / scale, OWN_TOLERANCE):
            return False
    return True


def _moved(probe: Probe, argument: str, change: FloatArray) -> Probe:
    moved: Mapping[str, FloatArray] = {**probe.arguments, argument: probe.arguments[argument] + change}
    return replace(probe, arguments=moved)


def _certified(probe: Probe, spec: Gradient, tensor: str, direction: FloatArray) -> bool:
    """Whether no hidden unit of the reference changes sign along the step; without hidden units none can."""
    if "w_h" not in probe.arguments:
        return True
    signs = []
    for sign in (1.0, -1.0):
        arguments = _moved(probe, spec.wrt[tensor], sign * STEP * direction).arguments
        signs.append(arguments["x"] @ arguments["w_h"] + arguments["b_h"] > 0)
    return bool(np.array_equal(signs[0], signs[1]))
