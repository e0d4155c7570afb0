"""Names the cause of a mismatch: the known mistake that explains most, confirmed on two probes, or "unknown"."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Comparison, Outcome
from grader.diagnosis.exchanged import exchanged
from grader.diagnosis.mismatch import Mismatch
from grader.diagnosis.mistake import Mistake
from grader.diagnosis.named import Named, named
from grader.diagnosis.order import result_order
from grader.diagnosis.related import related
from grader.report import Diagnosis, Evidence
from grader.results import Tensors, Unreadable
from grader.sandbox import Raised, Returned
from reference.spec import Function, Operation

ALL_CLASSES = 10
"""The class count of the data set; code that works only there has it written into it."""

UNKNOWN = "UNKNOWN"

FORMULA = "OTHER_FORMULA"
BESIDE = {FORMULA: "formula_beside", "SIGN": "sign_beside"}
"""What is said otherwise of a mistake that does not make a tensor's numbers by itself."""


def diagnose(mismatch: Mismatch, by_classes: bool = True) -> Diagnosis:
    """The cause of a comparison that failed. by_classes: whether the number of classes may be it."""
    evidence = measured(mismatch)
    if by_classes and _only_all_classes(mismatch.comparison.outcomes):
        return Diagnosis("HARDCODED_CLASSES", {**evidence, "classes": ALL_CLASSES})
    unreadable = [o.yours for o in mismatch.comparison.outcomes if isinstance(o.yours, Unreadable)]
    if unreadable and not mismatch.readable:
        return Diagnosis(unreadable[0].code, {**evidence, **unreadable[0].evidence})
    explained = _lacking(mismatch)
    explained |= {tensor: found for tensor, found in named(mismatch).items() if tensor not in explained}
    explained |= result_order(mismatch)
    explained |= exchanged(mismatch, [tensor for tensor in mismatch.wrong if tensor not in explained])
    if not explained and evidence.get("tensor") in _histories(mismatch.function):
        match evidence.get("shape"), evidence.get("expected"):
            case [int(length)], [int(asked)]:
                return Diagnosis("HISTORY_LENGTH", {**evidence, "length": length, "epochs": asked})
    if not explained and "shape" in evidence:
        gradient = mismatch.function.operation is Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT
        return Diagnosis("SCALAR_GRADIENT" if gradient and not evidence["shape"] else "SHAPE", evidence)
    if not explained and "nan_at" in evidence:
        return Diagnosis("NOT_FINITE", evidence)
    explained |= related(mismatch, [tensor for tensor in mismatch.wrong if tensor not in explained])
    return _told(mismatch, evidence, explained) if explained else Diagnosis(UNKNOWN, evidence)


def _lacking(mismatch: Mismatch) -> Named:
    """Results that never came, each with why; the others did."""
    first = next((o.yours for o in mismatch.readable if isinstance(o.yours, Tensors) and o.yours.lacking), None)
    found = first.lacking if first is not None else {}
    return {
        tensor: (Mistake(found[tensor].code, about=found[tensor].evidence),)
        for tensor in mismatch.wrong
        if tensor in found
    }


def _histories(function: Function) -> list[str]:
    """Results that are one number for each of a known number of steps."""
    return [tensor.name for tensor in function.results if len(tensor.axes) == 1 and tensor.axes[0].isdigit()]


def clearest(comparison: Comparison, others: Sequence[Comparison]) -> Comparison:
    """The comparison that leaves fewest wrong tensors without a single mistake that explains them, by fewest mistakes.

    Of equals, the first. `others` that pass explain nothing; one mistake that explains everything needs no other.
    """
    others = [other for other in others if not other.passed]
    if not others:
        return comparison
    ranked = [(_unclear(comparison), comparison)]
    if ranked[0][0] > (0, 1):
        ranked += [(_unclear(other), other) for other in others]
    return min(ranked, key=lambda pair: pair[0])[1]


def _unclear(comparison: Comparison) -> tuple[int, int]:
    """How many wrong tensors no single mistake explains, and the number of mistakes that explain the others."""
    mismatch = Mismatch(comparison)
    explained = named(mismatch, most=1)
    codes = {mistake.code for mistakes in explained.values() for mistake in mistakes}
    return len([name for name in mismatch.wrong if name not in explained]), len(codes)


def measured(mismatch: Mismatch, tensor: str | None = None) -> dict[str, Evidence]:
    """What was measured, whatever the cause: the tensor, the largest error, shapes, where the first NaN is.

    tensor: the one it is about; the first that is wrong where none is given.
    """
    outcomes = mismatch.comparison.outcomes
    evidence: dict[str, Evidence] = {
        "probes_wrong": sum(not outcome.passed for outcome in outcomes),
        "probes": len(outcomes),
        "wrong": list(mismatch.wrong),
        "right": [name for name in mismatch.comparison.tensors if name not in mismatch.wrong],
    }
    for outcome in outcomes:
        wrong = [name for name in outcome.counting if not outcome.agrees(name) and tensor in (None, name)]
        if not wrong or not isinstance(outcome.yours, Tensors):
            continue
        name = wrong[0]
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


def _told(mismatch: Mismatch, evidence: dict[str, Evidence], explained: Named) -> Diagnosis:
    """The diagnosis of the first mistake, with the others beside it."""
    order = [tensor for tensor in mismatch.wrong if tensor in explained]
    mistakes = list({mistake.key: mistake for t in reversed(order) for mistake in reversed(explained[t])}.values())
    first, *others = reversed(mistakes)
    codes = {t: [mistake.code for mistake in explained.get(t, ())] or [UNKNOWN] for t in mismatch.wrong}
    evidence["tensors"] = {tensor: " and ".join(names) for tensor, names in codes.items()}
    also: list[Evidence] = []
    some = bool(evidence["right"]) or len(mismatch.comparison.tensors) < len(mismatch.function.results)
    for mistake in (first, *others):
        wrong = [t for t in order if mistake.key in {each.key for each in explained[t]}]  # what the sentence is about
        about = {"found": mistake.found, "asked": mistake.asked, **mistake.about, "wrong": list(wrong)}
        about["subject"] = list(wrong) if some or wrong != list(mismatch.wrong) else mismatch.function.name
        if mistake.code in BESIDE and any(len(explained[t]) > 1 for t in wrong):
            about[BESIDE[mistake.code]] = mistake is not first or mistake.code == FORMULA
        if mistake is first:
            evidence |= {**measured(mismatch, wrong[0]), **about}
        else:
            also.append({**measured(mismatch, wrong[0]), **about, "code": mistake.code})
    if also:
        evidence["also"] = also
    return Diagnosis(first.code, evidence, counterfactual=first.counterfactual)


def _only_all_classes(outcomes: Sequence[Outcome]) -> bool:
    """Whether exactly the probes with the data set's class count pass, and the others raise or are wrong."""
    at_scale_1 = [outcome for outcome in outcomes if outcome.probe.ordinary]
    passed = [outcome.passed for outcome in at_scale_1]
    full = [outcome.probe.sizes["C"] == ALL_CLASSES for outcome in at_scale_1]
    answered = all(isinstance(outcome.reply, (Returned, Raised)) for outcome in at_scale_1)
    # A function without a class axis is not about classes: its passing there is chance.
    about = any("C" in tensor_axes for outcome in at_scale_1 for tensor_axes in _axes(outcome))
    if not (answered and about and passed == full and any(full) and not all(full)):
        return False
    if any(isinstance(outcome.reply, Raised) for outcome in at_scale_1):
        return True
    # One number can pass by chance, by rounding, and so can class numbers.
    counted = [outcome.right[name] for outcome in at_scale_1 for name in outcome.counting]
    telling = any(array.size > 1 and bool(np.any(array != np.round(array))) for array in counted)
    elsewhere = any(outcome.passed for outcome in outcomes if outcome.probe.sizes["C"] != ALL_CLASSES)
    return telling and not elsewhere


def _axes(outcome: Outcome) -> list[str]:
    classes = outcome.probe.sizes["C"]
    return ["C" for array in outcome.probe.arguments.values() if classes in array.shape]
