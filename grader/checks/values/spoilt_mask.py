"""Is a ReLU's mask taken of what the ReLU has changed? Its numbers are then those of a mask that is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from grader.checks.calls.mutation import changed_argument
from grader.checks.subject import Subject
from grader.checks.values.given import by_reference, walked
from grader.comparison import Comparison
from grader.diagnosis.mismatch import same
from grader.report import Diagnosis
from grader.sandbox import Returned
from reference.spec import Given, Operation

MISSING = "RELU_MASK_MISSING"


def spoilt_mask(subject: Subject, comparison: Comparison, given: Sequence[Given], cause: Diagnosis) -> Diagnosis:
    """`cause`, or where a ReLU changes in place what the mask is of, that this is so: a mask may well stand there."""
    if cause.code != MISSING or subject.apart is None:
        return cause
    for way in given:
        name = next(_rectified(subject, comparison, way), None)
        if name is not None:
            found = f"1 as the derivative at every unit, also at those whose {name} {_by(subject)} set to 0 in place,"
            return replace(
                cause, code="OTHER_FORMULA", evidence={**cause.evidence, "found": found, "asked": "0 at those"}
            )
    return cause


def _rectified(subject: Subject, comparison: Comparison, way: Given) -> Iterator[str]:
    """Names of values that come before a ReLU, and are its result when the student's own steps are done."""
    probes = [outcome.probe for outcome in comparison.outcomes if outcome.probe.ordinary]
    if subject.apart is None or not probes:
        return
    with subject.apart() as student:
        known = walked(replace(subject, student=student), way.steps, probes)
    if known is None:
        return
    pairs = list(zip(known, by_reference(subject, way.steps, probes), strict=True))
    for name in pairs[0][1].keys() - probes[0].arguments.keys():
        rectified = all(same(own[name], np.maximum(right[name], 0)) for own, right in pairs)
        if rectified and any(np.any(right[name] < 0) for _, right in pairs):
            yield name


def _by(subject: Subject) -> str:
    """Who has changed it: the student's own ReLU, if it changes its argument, or nobody that is known."""
    relu = next((f for f in subject.assignment.functions if f.operation is Operation.RELU), None)
    if relu is None or relu.name not in subject.student.bindings:
        return "is"
    probe = subject.probes(relu, subject.rng("spoilt mask", relu.name))[0]
    (reply,) = subject.student.call(relu.name, [list(probe.arguments.values())], echo=True)
    changed = isinstance(reply, Returned) and changed_argument(relu, probe, reply) is not None
    return f"{relu.name} has" if changed else "is"
