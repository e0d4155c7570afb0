"""Are wrong numbers those of no regularisation? Asked where nothing else explains them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import Comparison, compare
from grader.diagnosis.cause import UNKNOWN, diagnose
from grader.diagnosis.mismatch import Mismatch
from grader.diagnosis.regularised import BESIDES
from grader.report import Diagnosis, Evidence
from reference.spec import Draw

MISSING = "REG_MISSING_IN_GRAD"
OF_LOSS = "REG_MISSING_IN_LOSS"


def strength_ignored(subject: Subject, comparison: Comparison, cause: Diagnosis) -> Diagnosis:
    """`cause`, or where it is unknown: that the regularisation is missing, alone or beside a mistake that is known."""
    function = comparison.function
    strength = next((tensor.name for tensor in function.arguments if tensor.draw is Draw.STRENGTH), None)
    if cause.code != UNKNOWN or strength is None:
        return cause
    none = {strength: np.zeros(())}
    probes = [replace(o.probe, arguments={**o.probe.arguments, **none}) for o in comparison.outcomes]
    replies = [outcome.reply for outcome in comparison.outcomes]
    without = compare(function, subject.forms(function), subject.oracle, probes, replies).of(comparison.only)
    if without.passed:
        losses = all(axis.isdigit() for tensor in function.results for axis in tensor.axes)
        return replace(cause, code=OF_LOSS if losses else MISSING)
    beside = diagnose(Mismatch(without))
    causes = beside.evidence.get("tensors")
    one = isinstance(causes, Mapping) and UNKNOWN not in causes.values() and "also" not in beside.evidence
    if beside.code == UNKNOWN or not one:
        return cause
    # What was measured is measured against what is asked for, with its regularisation.
    seen: dict[str, Evidence] = {**beside.evidence, **cause.evidence, **BESIDES[MISSING]}
    return Diagnosis(beside.code, seen, counterfactual=beside.counterfactual)
