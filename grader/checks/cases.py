"""Are the values right at inputs of their own kind, such as ties in a pooling window?"""

from dataclasses import replace

from grader.checks.counterexample import case_of
from grader.checks.subject import Finding, Subject
from grader.checks.values import absent, asked, compared, judged
from grader.comparison import Comparison
from grader.diagnosis.cause import diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.report import Diagnosis
from grader.results import Tensors
from grader.special import SPECIAL
from reference.spec import Cases

KIND = "cases"


def check(spec: Cases, subject: Subject) -> Finding:
    """All probes of all cases in one message; the probes are small enough to be the case worked by hand."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    probes = [p for case in spec.cases for p in SPECIAL[case](function, subject.rng(KIND, spec.function, case))]
    replies = asked(subject, function, probes)
    comparison, notes = compared(subject, function, probes, replies)
    answered = any(isinstance(outcome.yours, Tensors) for outcome in comparison.outcomes)
    diagnosis = None if comparison.passed or not answered else _cause(comparison)
    return judged(KIND, spec, subject, comparison, {}, notes, diagnosis)


def _cause(comparison: Comparison) -> Diagnosis:
    mismatch = Mismatch(comparison)
    case = next((found for o in comparison.outcomes if (found := case_of(o, mismatch.wrong))), {})
    return replace(diagnose(mismatch), counterexample=case)
