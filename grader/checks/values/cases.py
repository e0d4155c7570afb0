"""Are the values right at inputs of their own kind, such as ties in a pooling window?"""

from dataclasses import replace

from grader.checks.subject import Finding, Subject
from grader.checks.values.counterexample import case_of
from grader.checks.values.values import absent, asked, compared, judged
from grader.comparison import Comparison, compare
from grader.diagnosis.cause import UNKNOWN, diagnose, measured
from grader.diagnosis.mismatch import Mismatch
from grader.report import Diagnosis
from grader.results import Tensors
from grader.special import SPECIAL
from reference.spec import Cases

KIND = "cases"

OF_ALL_NUMBERS = frozenset({"FACTOR", "OTHER_FORMULA"})
"""What is said of whatever a function returns, which a few inputs of one kind do not show."""


def check(spec: Cases, subject: Subject) -> Finding:
    """All probes of all cases in one message; the probes are small enough to be the case worked by hand."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    probes = [p for case in spec.cases for p in SPECIAL[case](function, subject.rng(KIND, spec.function, case))]
    replies = asked(subject, function, probes)
    comparison, notes = compared(subject, function, probes, replies)
    answered = any(isinstance(outcome.yours, Tensors) for outcome in comparison.outcomes)
    told = subject.explains and answered and not comparison.passed
    diagnosis = _cause(subject, comparison) if told else None
    return judged(KIND, spec, subject, comparison, {}, notes, diagnosis)


def _cause(subject: Subject, comparison: Comparison) -> Diagnosis:
    """The cause on these inputs; what would be said of ordinary ones too has to hold there."""
    mismatch = Mismatch(comparison)
    cause = diagnose(mismatch)
    if cause.code in OF_ALL_NUMBERS and not _holds_elsewhere(subject, comparison, cause):
        cause = Diagnosis(UNKNOWN, measured(mismatch))
    case = next((found for o in comparison.outcomes if (found := case_of(o, mismatch.wrong))), {})
    return replace(cause, counterexample=case)


def _holds_elsewhere(subject: Subject, comparison: Comparison, cause: Diagnosis) -> bool:
    """Whether the same explains the function's results on its ordinary probes and on these inputs together."""
    function = comparison.function
    probes = subject.probes(function, subject.rng(KIND, function.name, "ordinary"))
    ordinary = compare(function, (comparison.form,), subject.oracle, probes, asked(subject, function, probes))
    both = replace(comparison, outcomes=(*comparison.outcomes, *ordinary.outcomes))
    again = diagnose(Mismatch(both))
    told = ("factor", "found", "asked")
    return again.code == cause.code and all(again.evidence.get(key) == cause.evidence.get(key) for key in told)
