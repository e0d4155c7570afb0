"""A call that raises only where the same object was called before: what stays of that call is not of this one.

The earlier call has more examples, and what was kept of its first batch does not fit. Where it has as many, it fits,
and shows what it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.checks.subject import Subject
from grader.comparison import compare
from grader.diagnosis.cause import UNKNOWN, diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.probes import Probe
from grader.report import CheckResult, Diagnosis, Evidence
from grader.sandbox import Raised, Reply, Returned
from reference.earlier_call import with_as_many_examples, without_earlier
from reference.spec import Function


def raised_after(
    subject: Subject, function: Function, probes: Sequence[Probe], replies: Sequence[Reply], result: CheckResult
) -> CheckResult:
    """`result` of a call that raised, with what is told of the calls before it where they are why."""
    alone = without_earlier(function.recipe)
    found = result.diagnosis
    if found is None or found.code != "RAISED" or alone == function.recipe:
        return result
    failing = [probe for probe, reply in zip(probes, replies, strict=True) if isinstance(reply, Raised)]
    arguments = [list(probe.arguments.values()) for probe in failing]
    answers = subject.student.call(function.name, arguments, recipe=alone)
    if not failing or not all(isinstance(answer, Returned) for answer in answers):
        return result
    evidence: dict[str, Evidence] = {**found.evidence, "called_before": True}
    kept = _kept(subject, function, probes)
    if kept is not None:
        evidence["also"] = [{**kept.evidence, "code": kept.code}]
    return replace(result, diagnosis=replace(found, evidence=evidence))


def _kept(subject: Subject, function: Function, probes: Sequence[Probe]) -> Diagnosis | None:
    """What is wrong after an earlier call of as many examples; None where that is unknown, or is not all."""
    recipe = with_as_many_examples(function.recipe)
    if recipe == function.recipe:
        return None
    replies = subject.student.call(function.name, [list(probe.arguments.values()) for probe in probes], recipe=recipe)
    if not all(isinstance(reply, Returned) for reply in replies):
        return None
    comparison = compare(function, subject.forms(function), subject.oracle, probes, replies)
    found = diagnose(Mismatch(comparison)) if not comparison.passed else None
    return found if found is not None and found.code != UNKNOWN and "also" not in found.evidence else None
