"""Does the function keep a law of its own, such as linearity in the upstream gradient? Partial credit for wrong values.

Where it does not, the cause is looked for in its values first: the law is only another symptom of a known mistake.
"""

from collections.abc import Sequence

from grader import numerics
from grader.checks.subject import Finding, Subject, failed
from grader.checks.unanswered import unanswered
from grader.checks.values import absent, asked
from grader.comparison import compare, fitted
from grader.diagnosis.cause import UNKNOWN, diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.laws import LAW_TOLERANCE, LAWS, Law, Results
from grader.probes import Probe, shape_of
from grader.report import CheckResult, Diagnosis, Score, Verdict
from grader.results import Tensors, read
from grader.sandbox import Raised, Reply, Returned, Stopped
from reference.spec import Function, Property

KIND = "property"


def check(spec: Property, subject: Subject) -> Finding:
    """The law's probes in one message."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    law = LAWS[spec.law]
    probes = law.probes(function, subject.rng(KIND, spec.function, spec.law))
    replies = asked(subject, function, probes)
    lost = next((reply for reply in replies if not isinstance(reply, Returned)), None)
    if lost is not None:
        return Finding(unanswered(KIND, spec, subject, lost))
    results = _results(function, spec.results, probes, replies)
    lines = subject.lines(spec.function)
    if results is not None and law.holds(results):
        points = Score(float(spec.points), float(spec.points))
        return Finding(CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, None, (), 1, 1, lines))
    return _broken(spec, subject, function, law, results)


def _results(
    function: Function, only: tuple[str, ...], probes: Sequence[Probe], replies: Sequence[Reply]
) -> list[Results] | None:
    """What came back and counts, in the shapes asked for; None where it is something else."""
    asked = [tensor for tensor in function.results if not only or tensor.name in only]
    found: list[Results] = []
    for probe, reply in zip(probes, replies, strict=True):
        tensors = read(function, reply.value) if isinstance(reply, Returned) else None
        if not isinstance(tensors, Tensors):
            return None
        arrays = {t.name: fitted(tensors.values[t.name], t, shape_of(t, probe.sizes)) for t in asked}
        fitting = {name: array for name, array in arrays.items() if array is not None}
        if len(fitting) < len(arrays):
            return None
        found.append(fitting)
    return found


def _broken(
    spec: Property, subject: Subject, function: Function, law: Law, results: Sequence[Results] | None
) -> Finding:
    shown = law.cause(results) if results is not None else None
    if shown is not None:
        return Finding(failed(KIND, spec, Verdict.WRONG, subject.lines(spec.function), shown))
    probes = subject.probes(function, subject.rng(KIND, spec.function))
    replies = asked(subject, function, probes)
    lost = next((reply for reply in replies if isinstance(reply, (Raised, Stopped))), None)
    if lost is not None:
        return Finding(unanswered(KIND, spec, subject, lost))
    comparison = compare(function, subject.forms(function), subject.oracle, probes, replies).of(spec.results)
    diagnosis = Diagnosis(UNKNOWN) if comparison.passed else diagnose(Mismatch(comparison))
    if diagnosis.code == UNKNOWN and results is not None:
        error = law.error(results)
        # A law that zeros keep is not broken by them: they only show nothing.
        code = "CONSTANT_RESULT" if numerics.agrees(error, LAW_TOLERANCE) else law.code
        diagnosis = Diagnosis(code, {**diagnosis.evidence, "error": error})
    return Finding(failed(KIND, spec, Verdict.WRONG, subject.lines(spec.function), diagnosis))
