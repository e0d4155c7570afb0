"""Comparisons that a diagnosis may rest on where a student's own earlier functions are wrong: they give no points."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.checks.subject import Subject
from grader.checks.values.given import formed, walked
from grader.comparison import Comparison, against
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Given, Step


def on_own(subject: Subject, comparison: Comparison, given: Sequence[Given]) -> list[Comparison]:
    """What the function's results are against what is right given the student's own functions, heard apart.

    Where the steps are the lines of the function itself, also each line against what the function returned for the
    lines before it, so that one mistake does not make all later lines wrong.
    """
    function, outcomes = comparison.function, comparison.outcomes
    probes, replies = [outcome.probe for outcome in outcomes], [outcome.reply for outcome in outcomes]
    results = [read(function, reply.value) if isinstance(reply, Returned) else None for reply in replies]
    returned = [result.values if isinstance(result, Tensors) else {} for result in results]
    found: list[Comparison] = []
    if not any(isinstance(reply, Returned) for reply in replies):
        return found
    for way in given:
        names = [step.function for step in way.steps if isinstance(step, Step)]
        if subject.apart is None or subject.proven.issuperset(names):
            continue
        with subject.apart() as student:
            elsewhere = replace(subject, student=student)
            for taken in (None, returned) if way.form is None else (None,):
                known = walked(elsewhere, way.steps, probes, taken)
                rights = known and formed(elsewhere, function, way, known, probes)
                if known and rights:
                    own = against(function, way.form or "own", probes, replies, rights).of(comparison.only)
                    used = [dict(values) for values in known] if taken is None else _with(known, taken)
                    found.append(_knowing(own, used))
    return found


def _with(
    known: Sequence[Mapping[str, FloatArray]], taken: Sequence[Mapping[str, FloatArray]]
) -> list[dict[str, FloatArray]]:
    return [{**values, **given} for values, given in zip(known, taken, strict=True)]


def _knowing(comparison: Comparison, known: Sequence[Mapping[str, FloatArray]]) -> Comparison:
    outcomes = zip(comparison.outcomes, known, strict=True)
    return replace(comparison, outcomes=tuple(replace(outcome, known=values) for outcome, values in outcomes))
