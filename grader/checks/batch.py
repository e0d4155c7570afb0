"""Do the examples of a batch count each by itself? Asked where a wrong result has no other explanation."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader import numerics
from grader.batch_laws import BATCH_ORDER, BATCH_PARTS, BATCH_SUM, has_batch
from grader.checks.law_results import law_results
from grader.checks.subject import Subject
from grader.law import LAW_TOLERANCE, Law, Results, all_far
from grader.probes import Probe
from grader.report import Diagnosis
from reference.earlier_call import without_earlier
from reference.spec import Function

KIND = "batch"


def examples_mixed(subject: Subject, function: Function, only: tuple[str, ...], unknown: Diagnosis) -> Diagnosis:
    """The law of the batch that the results break, or `unknown` where they keep all or do not show it.

    only: names of the results that count; empty: all.
    """
    laws = (BATCH_ORDER, BATCH_PARTS, BATCH_SUM) if has_batch(function) and not function.settled else ()
    for law in laws:
        probes = law.probes(function, subject.rng(KIND, function.name, law.code))
        if not _binds(law, subject, function, probes):
            continue
        asked = [*probes, probes[0]]  # what differs from call to call says nothing of the batch
        arguments = [list(probe.arguments.values()) for probe in asked]
        replies = subject.student.call(function.name, arguments, seeds=range(1, len(asked) + 1))
        results = law_results(function, only, asked, replies)
        if results is None:
            continue
        *results, again = results
        differing = [
            name for name, values in again.items() if not np.array_equal(values, results[0][name], equal_nan=True)
        ]
        if differing:
            return Diagnosis("NOT_DETERMINISTIC", {**unknown.evidence, "tensor": differing[0]})
        if _goes_by_earlier_calls(subject, function, only, probes, results):
            return replace(unknown, evidence={**unknown.evidence, "earlier_calls": True})
        error = law.error(results)
        if math.isfinite(error) and error > LAW_TOLERANCE:
            return Diagnosis(law.code, {**unknown.evidence, "error": error})
    return unknown


def _binds(law: Law, subject: Subject, function: Function, probes: Sequence[Probe]) -> bool:
    """Whether the right function keeps the law: an epoch of descent depends on the order, as it should."""
    form = subject.forms(function)[0]
    try:
        right = [subject.oracle.results(function, form, probe.arguments) for probe in probes]
    except (ValueError, IndexError, ZeroDivisionError):  # it takes no batch of this size
        return False
    return numerics.agrees(law.error(right), LAW_TOLERANCE)


def _goes_by_earlier_calls(
    subject: Subject, function: Function, only: tuple[str, ...], probes: Sequence[Probe], results: Sequence[Results]
) -> bool:
    """Whether these results are others where the object was not called before: then a law is broken for that alone."""
    recipe = without_earlier(function.recipe)
    if recipe == function.recipe:
        return False
    arguments = [list(probe.arguments.values()) for probe in probes]
    replies = subject.student.call(function.name, arguments, seeds=range(1, len(probes) + 1), recipe=recipe)
    alone = law_results(function, only, probes, replies)
    pairs = zip(alone or (), results, strict=False)
    return any(not numerics.agrees(all_far(one, other), LAW_TOLERANCE) for one, other in pairs)
