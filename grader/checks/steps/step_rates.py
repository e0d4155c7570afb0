"""Steps of an optimizer that go some number of times as far as they should: how far the first goes, and the second."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.checks.law_results import law_results
from grader.checks.subject import Subject
from grader.comparison import Comparison, Outcome
from grader.diagnosis.cause import UNKNOWN
from grader.diagnosis.mismatch import same
from grader.law import Results
from grader.numerics import FLOAT32_TOLERANCE
from grader.report import Diagnosis
from grader.results import FloatArray
from reference.earlier_call import with_one_call
from reference.spec import Operation

ASKED = "the given learningRate in each step"

DIGITS = 6
"""Of a factor, as it is told: more than what float32 leaves of a step is not known."""


def rates_of_steps(subject: Subject, comparison: Comparison, cause: Diagnosis) -> Diagnosis:
    """`cause`, or where it is unknown and each of two steps is a right one times a number, these numbers.

    The numbers are the same on every probe and for all that is stepped; the first step is seen where there is no other.
    """
    function = comparison.function
    if cause.code != UNKNOWN or function.operation is not Operation.DESCENT_STEP:
        return cause
    outcomes = comparison.outcomes
    probes = [outcome.probe for outcome in outcomes]
    second = _factor(outcomes, law_results(function, comparison.only, probes, [outcome.reply for outcome in outcomes]))
    if second is None:
        return cause
    arguments = [list(probe.arguments.values()) for probe in probes]
    replies = subject.student.call(function.name, arguments, recipe=with_one_call(function.recipe))
    first = _factor(outcomes, law_results(function, comparison.only, probes, replies))
    found = _told(first, second)
    return replace(cause, code="OTHER_FORMULA", evidence={**cause.evidence, "found": found, "asked": ASKED})


def _told(first: float | None, second: float) -> str:
    if first is None:
        return f"a learningRate that is {second:g} times the given one in the second step"
    if first == second:
        return f"a learningRate that is {second:g} times the given one"
    return f"a learningRate that is {first:g} times the given one in the first step and {second:g} times in the second"


def _factor(outcomes: Sequence[Outcome], results: Sequence[Results] | None) -> float | None:
    """The one number that every step is times the right one; None if there is none, or that is 0."""
    pairs = [
        pair
        for outcome, values in zip(outcomes, results or (), strict=False)
        for pair in _steps(outcome, values).values()
    ]
    if not pairs:
        return None
    yours, right = (np.concatenate(arrays) for arrays in zip(*pairs, strict=True))
    factor = float(yours @ right / (right @ right))
    told = float(f"{factor:.{DIGITS}g}")
    # Each by itself: what is small in one probe would be lost in the length of another.
    return told if told and all(same(mine, factor * theirs) for mine, theirs in pairs) else None


def _steps(outcome: Outcome, values: Mapping[str, FloatArray]) -> Mapping[str, tuple[FloatArray, FloatArray]]:
    """How far each array went that should have gone somewhere, and how far that is, each flat."""
    found: dict[str, tuple[FloatArray, FloatArray]] = {}
    for name, now in values.items():
        start = outcome.probe.arguments[name.rpartition("_")[2]]
        right = start - outcome.right[name]
        if np.max(np.abs(right), initial=0.0) > FLOAT32_TOLERANCE:
            found[name] = ((start - now).ravel(), right.ravel())
    return found
