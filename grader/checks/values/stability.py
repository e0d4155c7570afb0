"""Are the values right where naive formulas overflow or take the logarithm of zero?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.checks.calls.mutation import changed_argument
from grader.checks.subject import Finding, Subject, failed
from grader.checks.values.values import absent, asked, compared, judged
from grader.comparison import Comparison, Outcome, compare
from grader.diagnosis.cause import diagnose, measured
from grader.diagnosis.mismatch import Mismatch
from grader.probes import CASES, Probe, ordinary_probes
from grader.report import Diagnosis, Verdict
from grader.results import Tensors
from grader.sandbox import Reply, Returned
from reference.spec import Function, Operation, Stability

KIND = "stability"

CAUSES: Mapping[tuple[str, frozenset[str]], str] = {
    ("softmax", frozenset({"huge_logits", "offset_rows"})): "SOFTMAX_UNSTABLE",
    ("softmax", frozenset({"huge_logits"})): "SOFTMAX_UNSTABLE",
    ("softmax", frozenset({"offset_rows"})): "GLOBAL_MAX_SHIFT",
    ("softmax_jacobian", frozenset({"huge_vector", "low_vector"})): "SOFTMAX_UNSTABLE",
    ("softmax_jacobian", frozenset({"huge_vector"})): "SOFTMAX_UNSTABLE",
    ("cross_entropy", frozenset({"zero_probability"})): "LOG_ZERO",
}
"""Which cases fail names the cause: one shift for the whole matrix survives logits of 1000 but not offset rows."""

LOWER = 1000.0
"""What all logits are lowered by: exp(-1000) is 0."""

EITHER = 1e-3
"""How near a value must be to the right one to be no zero in its place; whether it is right was judged already."""

OVERFLOWS = ("nan", "inf")
"""Minus infinity is the logarithm of 0 and no overflow."""

COUNTERFACTUALS: Mapping[tuple[str, str], str] = {
    ("softmax", "SOFTMAX_UNSTABLE"): "np.exp(z - np.max(z, axis=1, keepdims=True))",
    ("softmax", "GLOBAL_MAX_SHIFT"): "np.max(z, axis=1, keepdims=True)",
    ("softmax_jacobian", "SOFTMAX_UNSTABLE"): "np.exp(z - np.max(z))",
    ("cross_entropy", "LOG_ZERO"): "np.log(np.maximum(prediction, 1e-15))",
}


def check(spec: Stability, subject: Subject) -> Finding:
    """One probe for each case the assignment names."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    probes = [CASES[case](function, subject.rng(KIND, spec.function, case)) for case in spec.cases]
    replies = subject.student.call(function.name, [list(probe.arguments.values()) for probe in probes], echo=True)
    comparison, notes = compared(subject, function, probes, replies)
    changed = _changed(subject, function, probes, replies) if comparison.passed else None
    if changed is not None:
        spoilt = Diagnosis("MUTATES_INPUT", {"argument": changed})
        return Finding(failed(KIND, spec, Verdict.WRONG, subject.lines(spec.function), spoilt), notes)
    if not comparison.passed and not subject.explains:
        return judged(KIND, spec, subject, comparison, {}, notes)
    diagnosis = None if comparison.passed else _cause(spec, function.operation, comparison)
    if not comparison.passed and diagnosis is None and _vanishes(spec, subject, function, comparison):
        vanished = measured(Mismatch(comparison))
        code = "SOFTMAX_UNSTABLE"
        about = {**vanished, "value": "0.0", "nan_at": vanished["at"]}
        diagnosis = Diagnosis(code, about, counterfactual=COUNTERFACTUALS[function.operation.value, code])
    if diagnosis is not None and diagnosis.code == "GLOBAL_MAX_SHIFT" and not _one_shift(subject, function):
        about = {**diagnosis.evidence, "rows_apart": int(LOWER)}
        diagnosis = Diagnosis("NOT_FINITE", about, counterfactual=diagnosis.counterfactual)
    if not comparison.passed and diagnosis is None and all(isinstance(reply, Returned) for reply in replies):
        # A case alone is too few numbers to tell a formula by: what is said must hold on ordinary probes too.
        probes += ordinary_probes(function, subject.rng(KIND, function.name, "ordinary"))
        replies = asked(subject, function, probes)
        diagnosis = diagnose(Mismatch(compare(function, subject.forms(function), subject.oracle, probes, replies)))
    return judged(KIND, spec, subject, comparison, {}, notes, diagnosis)


def _vanishes(spec: Stability, subject: Subject, function: Function, comparison: Comparison) -> bool:
    """Whether what is wrong is exactly 0 or not finite, where plain logits come out right.

    exp(z - log(sum(exp(z)))) overflows so: at logits of 1000 it is exp(-inf), which is no nan.
    """
    pairs = zip(spec.cases, comparison.outcomes, strict=True)
    wrong = frozenset(case for case, outcome in pairs if not outcome.passed)
    if CAUSES.get((function.operation.value, wrong)) != "SOFTMAX_UNSTABLE":
        return False
    if not all(outcome.passed or _nothing_else(outcome) for outcome in comparison.outcomes):
        return False
    plain = ordinary_probes(function, subject.rng(KIND, function.name, "plain"))
    return compare(function, subject.forms(function), subject.oracle, plain, asked(subject, function, plain)).passed


def _nothing_else(outcome: Outcome) -> bool:
    """Whether each entry is right, exactly 0 or not finite."""
    if not isinstance(outcome.yours, Tensors):
        return False
    pairs = [(outcome.yours.values[name], right) for name, right in outcome.right.items()]
    return all(
        yours.shape == right.shape
        and bool(np.all((yours == 0) | ~np.isfinite(yours) | np.isclose(yours, right, rtol=EITHER, atol=EITHER)))
        for yours, right in pairs
    )


def _one_shift(subject: Subject, function: Function) -> bool:
    """Whether plain logits come out right, and lower by 1000 as well: as where one number of theirs is subtracted.

    A fixed shift gives 0/0 where all are lower, and the largest of each column changes what comes out.
    """
    plain = ordinary_probes(function, subject.rng(KIND, function.name, "one shift"))
    low = [replace(p, arguments={name: z - LOWER for name, z in p.arguments.items()}) for p in plain]
    probes = [probe for probe in (*plain, *low) if probe.ordinary]
    return compare(function, subject.forms(function), subject.oracle, probes, asked(subject, function, probes)).passed


def _changed(subject: Subject, function: Function, probes: Sequence[Probe], replies: Sequence[Reply]) -> str | None:
    """The argument that a call changes in these cases only, such as one whose zeros are replaced.

    One that is changed whatever it holds has cost the points of the contract already.
    """
    pairs = [(p, r) for p, r in zip(probes, replies, strict=True) if isinstance(r, Returned)]
    changed = next((name for p, r in pairs if (name := changed_argument(function, p, r))), None)
    if changed is None:
        return None
    plain = ordinary_probes(function, subject.rng(KIND, function.name, "ordinary"))[0]
    (reply,) = subject.student.call(function.name, [list(plain.arguments.values())], echo=True)
    always = isinstance(reply, Returned) and changed_argument(function, plain, reply) == changed
    return None if always else changed


def _cause(spec: Stability, operation: Operation, comparison: Comparison) -> Diagnosis | None:
    """The named cause where the values overflow; None lets the general diagnosis speak."""
    evidence = measured(Mismatch(comparison))
    pairs = zip(spec.cases, comparison.outcomes, strict=True)
    wrong = frozenset(case for case, outcome in pairs if not outcome.passed)
    code = CAUSES.get((operation.value, wrong))
    if code is None or evidence.get("value") not in OVERFLOWS:
        return None
    return Diagnosis(code, evidence, counterfactual=COUNTERFACTUALS[operation.value, code])
