"""Does the function keep a law of its own, such as linearity in the upstream gradient? Partial credit for wrong values.

Where it does not, the cause is looked for in its values first: the law is only another symptom of a known mistake.
"""

from collections.abc import Sequence

from grader import numerics
from grader.checks.calls.unanswered import unanswered
from grader.checks.law_results import law_results
from grader.checks.subject import Finding, Subject, failed
from grader.checks.values.values import absent, asked
from grader.comparison import compare
from grader.diagnosis.cause import UNKNOWN, diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.law import LAW_TOLERANCE, Law, Results
from grader.laws import LAWS
from grader.report import CheckResult, Diagnosis, Score, Verdict
from grader.sandbox import Raised, Returned, Stopped
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
    results = law_results(function, spec.results, probes, replies)
    lines = subject.lines(spec.function)
    if results is not None and law.holds(results):
        points = Score(float(spec.points), float(spec.points))
        return Finding(CheckResult(KIND, spec.function, Verdict.PASSED, points, 0.0, None, (), 1, 1, lines))
    if not subject.explains:
        return Finding(failed(KIND, spec, Verdict.WRONG, lines))
    return _broken(spec, subject, function, law, results)


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
