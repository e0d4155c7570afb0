"""Names the cause of a mismatch: the known mistake that explains most, confirmed on two probes, or "unknown"."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis import FAMILIES
from grader.diagnosis.mismatch import Candidate, Mismatch, confirmed, same
from grader.report import Diagnosis, Evidence
from grader.results import Tensors, Unreadable
from grader.sandbox import Raised, Returned
from reference.spec import Operation

ALL_CLASSES = 10
"""The class count of the data set; code that works only there has it written into it."""

CONSTANT_SPREAD = 1e-6
"""Relative spread below which a ratio of two tensors counts as one constant factor."""

UNKNOWN = "UNKNOWN"


def diagnose(mismatch: Mismatch) -> Diagnosis:
    """The cause of a comparison that failed."""
    evidence = measured(mismatch)
    if _only_all_classes(mismatch.comparison.outcomes):
        return Diagnosis("HARDCODED_CLASSES", {**evidence, "classes": ALL_CLASSES})
    unreadable = [o.yours for o in mismatch.comparison.outcomes if isinstance(o.yours, Unreadable)]
    if unreadable and not mismatch.readable:
        return Diagnosis(unreadable[0].code, {**evidence, **unreadable[0].evidence})
    named = _named(mismatch)
    if named:
        first = named[mismatch.wrong[0]] if mismatch.wrong[0] in named else next(iter(named.values()))
        tensors: dict[str, Evidence] = {t: named[t].code if t in named else UNKNOWN for t in mismatch.wrong}
        evidence["wrong"] = [t for t in mismatch.wrong if tensors[t] == first.code]  # what the sentence is about
        some = bool(evidence["right"]) or len(mismatch.comparison.tensors) < len(mismatch.function.results)
        evidence["subject"] = evidence["wrong"] if some else mismatch.function.name
        return Diagnosis(
            first.code, {**evidence, **first.about, "tensors": tensors}, counterfactual=first.counterfactual
        )
    if "shape" in evidence:
        gradient = mismatch.function.operation is Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT
        return Diagnosis("SCALAR_GRADIENT" if gradient and not evidence["shape"] else "SHAPE", evidence)
    if "nan_at" in evidence:
        return Diagnosis("NOT_FINITE", evidence)
    factor = _factor(mismatch)
    if factor is not None:
        return Diagnosis("FACTOR", {**evidence, "factor": factor, "subject": list(mismatch.wrong)})
    return Diagnosis(UNKNOWN, evidence)


def measured(mismatch: Mismatch) -> dict[str, Evidence]:
    """What was measured, whatever the cause: the tensor, the largest error, shapes, where the first NaN is."""
    outcomes = mismatch.comparison.outcomes
    evidence: dict[str, Evidence] = {
        "probes_wrong": sum(not outcome.passed for outcome in outcomes),
        "probes": len(outcomes),
        "wrong": list(mismatch.wrong),
        "right": [name for name in mismatch.comparison.tensors if name not in mismatch.wrong],
    }
    for outcome in outcomes:
        if outcome.passed or not isinstance(outcome.yours, Tensors):
            continue
        name = next(name for name in outcome.counting if not outcome.agrees(name))
        yours, right = outcome.yours.values[name], outcome.right[name]
        evidence |= {"tensor": name, "probe": outcome.probe.name, "N": outcome.probe.sizes["N"]}
        if yours.shape != right.shape:
            return evidence | {"shape": list(yours.shape), "expected": list(right.shape)}
        bad = np.argwhere(~np.isfinite(yours) & np.isfinite(right))
        if len(bad):
            return evidence | {"nan_at": [int(i) for i in bad[0]], "value": str(float(yours[tuple(bad[0])]))}
        at = np.unravel_index(np.argmax(np.abs(yours - right)), right.shape)
        return evidence | {
            "error": outcome.errors[name],
            "at": [int(i) for i in at],
            "yours": float(yours[at]),
            "expected_value": float(right[at]),
        }
    return evidence


def _named(mismatch: Mismatch) -> dict[str, Candidate]:
    """For each wrong tensor that a known mistake explains, that mistake.

    One that explains several comes first; of equals, the one that spoils fewest of the tensors that are right.
    """
    family = FAMILIES.get(mismatch.function.operation)
    if family is None or not mismatch.readable:
        return {}
    with np.errstate(all="ignore"):
        columns = list(zip(*(family(outcome) for outcome in mismatch.readable), strict=True))
        explained = [[t for t in mismatch.wrong if confirmed(mismatch, t, column)] for column in columns]
        spoilt = [_spoilt(mismatch, column) for column in columns]
    named: dict[str, Candidate] = {}
    for index in sorted(range(len(columns)), key=lambda index: (-len(explained[index]), spoilt[index])):
        for tensor in explained[index]:
            named.setdefault(tensor, columns[index][0])
    return named


def _spoilt(mismatch: Mismatch, column: Sequence[Candidate]) -> int:
    """How many tensors that are right this mistake would have made wrong, over all readable outcomes."""
    return sum(
        tensor not in mismatch.wrong and not same(value, outcome.right[tensor])
        for outcome, candidate in zip(mismatch.readable, column, strict=True)
        for tensor, value in candidate.tensors.items()
    )


def _only_all_classes(outcomes: Sequence[Outcome]) -> bool:
    """Whether exactly the probes with the data set's class count pass, and the others raise or are wrong."""
    at_scale_1 = [outcome for outcome in outcomes if outcome.probe.ordinary]
    passed = [outcome.passed for outcome in at_scale_1]
    full = [outcome.probe.sizes["C"] == ALL_CLASSES for outcome in at_scale_1]
    answered = all(isinstance(outcome.reply, (Returned, Raised)) for outcome in at_scale_1)
    # A function without a class axis is not about classes: its passing there is chance.
    about = any("C" in tensor_axes for outcome in at_scale_1 for tensor_axes in _axes(outcome))
    return answered and about and passed == full and any(full) and not all(full)


def _axes(outcome: Outcome) -> list[str]:
    classes = outcome.probe.sizes["C"]
    return ["C" for array in outcome.probe.arguments.values() if classes in array.shape]


def _factor(mismatch: Mismatch) -> float | None:
    """The one constant by which every wrong tensor differs from right on every probe, if there is one.

    Two ratios at least: a single one is always constant. A factor of zero explains nothing.
    """
    ratios = []
    for outcome in mismatch.readable:
        for tensor in mismatch.wrong:
            yours, right = mismatch.yours(outcome, tensor), outcome.right[tensor]
            mask = np.abs(right) > 1e-3 * np.max(np.abs(right), initial=0.0)
            if yours.shape != right.shape or not mask.any() or not np.all(np.isfinite(yours)):
                return None
            ratios += list((yours[mask] / right[mask]).ravel())
    middle = float(np.median(ratios)) if len(ratios) > 1 else 0.0
    if middle == 0.0 or same(np.asarray(middle), np.asarray(1.0)):  # what differs lies elsewhere
        return None
    spread = float(np.max(np.abs(np.asarray(ratios) - middle)))
    if spread > CONSTANT_SPREAD * abs(middle):
        return None
    # Entries near zero have no ratio, but the factor must explain them too.
    explained = all(same(mismatch.yours(o, t), middle * o.right[t]) for o in mismatch.readable for t in mismatch.wrong)
    return middle if explained else None
