"""What else is wrong with a function that raises on some inputs: told by those on which it answers, and by more."""

from collections.abc import Mapping
from dataclasses import replace

from grader.checks.subject import Subject
from grader.comparison import Comparison, compare
from grader.diagnosis.cause import UNKNOWN, diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.probes import Probe
from grader.report import CheckResult, Evidence
from grader.sandbox import Reply, Returned, Stopped
from reference.spec import Check, Forward, Gradient, Step

FEWEST = 2
"""Answers that a mistake is told by: one may have its numbers by chance."""

DRAWS = 3
"""Times that probes are drawn again, of which some may be answered."""


def beside_raise(subject: Subject, spec: Check, comparison: Comparison, result: CheckResult) -> CheckResult:
    """`result` of a check whose call raised, with the mistake in what was answered where it is known.

    Special cases are no evidence of what holds elsewhere, and what is built on others that are wrong shows their
    mistakes.
    """
    found, function = result.diagnosis, comparison.function
    if not isinstance(spec, Forward | Gradient) or not _foundations(spec) <= subject.proven:
        return result
    answered: list[tuple[Probe, Reply]] = [
        (o.probe, o.reply) for o in comparison.outcomes if o.probe.ordinary and isinstance(o.reply, Returned)
    ]
    if found is None or "also" in found.evidence or not answered:
        return result
    for draw in range(DRAWS):
        if len(answered) >= FEWEST:
            break
        probes = subject.probes(function, subject.rng("answered", function.name, str(draw)))
        replies = subject.student.call(function.name, [list(probe.arguments.values()) for probe in probes])
        if any(isinstance(reply, Stopped) for reply in replies):
            return result
        answered += [pair for pair in zip(probes, replies, strict=True) if isinstance(pair[1], Returned)]
    also = _mistakes(subject, comparison, answered) if len(answered) >= FEWEST else []
    return replace(result, diagnosis=replace(found, evidence={**found.evidence, "also": also})) if also else result


def _foundations(spec: Forward | Gradient) -> set[str]:
    """The functions that a check takes as the student's own where they are wrong."""
    return {step.function for given in spec.given for step in given.steps if isinstance(step, Step)} - {spec.function}


def _mistakes(subject: Subject, comparison: Comparison, answered: list[tuple[Probe, Reply]]) -> list[Evidence]:
    """What is told of the answers, each with its code; nothing where they are right or the cause is unknown."""
    probes, replies = zip(*answered, strict=True)
    function = comparison.function
    elsewhere = compare(function, subject.forms(function), subject.oracle, probes, replies).of(comparison.only)
    if elsewhere.passed:
        return []
    found = diagnose(Mismatch(elsewhere), by_classes=False)
    if found.code == UNKNOWN:
        return []
    further = found.evidence.get("also")
    first: Mapping[str, Evidence] = {**found.evidence, "code": found.code}
    return [first, *(further if isinstance(further, list) else [])]
