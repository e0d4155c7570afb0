"""Wrong class numbers asked again of many examples: a few small numbers tell too little, and let what is false fit."""

from dataclasses import replace

from grader.checks.subject import Subject
from grader.comparison import Comparison, compare
from grader.diagnosis.cause import UNKNOWN, diagnose, measured
from grader.diagnosis.mismatch import Mismatch
from grader.diagnosis.mistake import UNNAMED
from grader.probes import Setting, lengths, set_up
from grader.report import Diagnosis
from reference.spec import Operation

SETTINGS = (
    Setting("many examples", 1.0, lengths(N=131, D=7, H=11, C=3, L=11, W=3)),
    Setting("many examples, again", 1.0, lengths(N=137, D=5, H=13, C=7, L=14, W=4)),
)


def told_of_more(subject: Subject, comparison: Comparison, cause: Diagnosis) -> Diagnosis:
    """`cause`, or where it is unknown or a formula for predictions: what explains them on larger probes too."""
    function = comparison.function
    given_own = cause.code != UNKNOWN and any(outcome.known for outcome in comparison.outcomes)
    if cause.code not in {UNKNOWN, *UNNAMED} or function.operation is not Operation.PREDICT or given_own:
        return cause
    rng = subject.rng("more examples", function.name)
    more = [subject.settled(function, set_up(function, setting, rng)) for setting in SETTINGS]
    replies = subject.student.call(function.name, [list(probe.arguments.values()) for probe in more])
    probes = [*(outcome.probe for outcome in comparison.outcomes), *more]
    both = [*(outcome.reply for outcome in comparison.outcomes), *replies]
    told = diagnose(
        Mismatch(compare(function, subject.forms(function), subject.oracle, probes, both)), by_classes=False
    )
    # What was measured is what this check has counted.
    return replace(told, evidence={**told.evidence, **measured(Mismatch(comparison))})
