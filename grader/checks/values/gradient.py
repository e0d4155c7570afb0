"""Is backward the reference's gradient, and is it the derivative of the student's own forward?

The second question is asked only when the first is answered no: its answer tells a wrong derivative from a right
derivative of another forward.
"""

from dataclasses import replace

from grader.checks.subject import Finding, Subject
from grader.checks.values import amplified, complex_numbers
from grader.checks.values.own_derivative import own_derivative
from grader.checks.values.used_derivative import used_derivative
from grader.checks.values.values import absent, asked, compared, is_right, judged
from grader.comparison import Comparison, Outcome
from grader.diagnosis.cause import UNKNOWN, measured
from grader.diagnosis.mismatch import Mismatch
from grader.report import Diagnosis, Evidence, Score, Verdict
from grader.results import Tensors
from reference.spec import Gradient, Step

KIND = "gradient"

ACT_DERIV = "ACT_DERIV_OF_PREACT"
ACT_DERIV_MISSING = "ACT_DERIV_MISSING"


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
        complex_ones = complex_numbers.flags(subject, function, replies)
        return replace(finding, flags=(*finding.flags, *measured_ones, *complex_ones))
    shown = _wrong_one(comparison)
    if subject.trial or shown is None:
        return finding
    own = own_derivative(spec, subject, function, shown)
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


def _wrong_one(comparison: Comparison) -> Outcome | None:
    """The first outcome that shows the mistake and can be read; a regularisation is seen only where it is not 0."""
    readable = (o for o in comparison.outcomes if o.probe.ordinary and isinstance(o.yours, Tensors))
    return next((outcome for outcome in readable if not outcome.passed), None)
