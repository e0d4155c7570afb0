"""Tells a derivative that was worked out from one that was measured: differences of a loss drown in what is larger.

One example gets a logit so large that its loss is 1e10, while every derivative that is looked at stays near 0.1. Worked
out, they never see the large loss; a difference quotient loses ten decimals to it. Or all features but one are so faint
that their derivatives are 1e-15, beside a loss of 1: that needs no loss that is right where a probability is 0.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader import numerics
from grader.checks.subject import Subject
from grader.diagnosis.vocabulary import is_called_as_in_formulas
from grader.probes import SCALE_1, Probe, draw
from grader.report import Note
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Reply, Returned
from reference.spec import Function, Operation

LARGE = 1e10
"""The loss of the first example. Float64 keeps 1e-6 of it: over a step of 1e-3 or less that is an error above 1e-3."""

FAINT = 1e-15
"""Of all features but the first. Float64 keeps 1e-16 of a loss near 1: no step makes a difference of it as small."""

TOLERANCE = 1e-4
"""Relative error that says "measured": float32 computes these entries to 1e-6, difference quotients to 1e-3 at best."""

Case = tuple[Probe, tuple[str, int]]
"""A probe, the tensor that is looked at in it, and from which row on."""


def cases(subject: Subject, function: Function) -> Sequence[Case]:
    """What is asked beside the probes of a gradient; nothing where the operation is not known."""
    if function.operation not in CASES or not is_called_as_in_formulas(function):
        return ()
    drawn = draw(function, "amplified", 1.0, SCALE_1, subject.rng("amplified"))
    return [case(drawn) for case in CASES[function.operation]]


def flags(
    subject: Subject, function: Function, form: str, asked: Sequence[Case], replies: Sequence[Reply]
) -> tuple[Note, ...]:
    """A flag where a right gradient is wrong only beside something far larger; it costs nothing, a person looks.

    form: the right function that the gradient follows. replies: to what was asked, in its order.
    """
    if form != function.name and function.operation is not Operation.SOFTMAX_CLASSIFIER:
        return ()
    errors = [_error(subject, function, form, case, reply) for case, reply in zip(asked, replies, strict=True)]
    lost = next((error for error in errors if not numerics.agrees(error, TOLERANCE)), None)
    if lost is None:
        return ()
    return (Note("FINITE_DIFFERENCES", {"function": function.name, "error": lost}, subject.lines(function.name)),)


def _error(subject: Subject, function: Function, form: str, case: Case, reply: Reply) -> float:
    """The largest error of what is looked at; 0 where it cannot be read, or overflows: that has checks of its own."""
    probe, (name, rows) = case
    result = read(function, reply.value) if isinstance(reply, Returned) else None
    right = subject.oracle.results(function, form, probe.arguments)[name]
    if not isinstance(result, Tensors) or result.values[name].size != right.size:
        return 0.0
    yours = result.values[name].reshape(right.shape)[rows:]
    return numerics.largest_error(yours, right[rows:]) if np.all(np.isfinite(yours)) else 0.0


def _logits(probe: Probe) -> Case:
    """The first row saturated at a wrong class; all rows but that one are looked at."""
    logits = next(n for n, a in probe.arguments.items() if a.shape == probe.arguments["target"].shape and n != "target")
    values = probe.arguments[logits].copy()
    values[0, _wrong_class(probe.arguments["target"])] = LARGE
    return _with(probe, {logits: values}), ("d_logits", 1)


def _network(probe: Probe) -> Case:
    """The first example so large that its output saturates; the bias of the output is looked at."""
    x, w_h, w_o = (probe.arguments[name].copy() for name in ("x", "w_h", "w_o"))
    x[0] = 0.0
    x[0, 0] = LARGE
    w_h[0] = np.abs(w_h[0])  # hidden units are on there
    w_o[:, _wrong_class(probe.arguments["target"])] = np.abs(w_o).sum(axis=1)
    return _with(probe, {"x": x, "w_h": w_h, "w_o": w_o}), ("db_o", 0)


def _faint_network(probe: Probe) -> Case:
    """All features faint but the first; the derivatives by their weights are looked at."""
    return _with(probe, {"x": _faint(probe.arguments["x"])}), ("dW_h", 1)


def _classifier(probe: Probe) -> Case:
    """The first example far on the side of a wrong class, by its first feature; it has no other."""
    x, weights = (probe.arguments[name].copy() for name in ("input", "W"))
    x[0] = 0.0
    x[0, 0] = LARGE
    wrong = _wrong_class(probe.arguments["label"])
    weights[0, wrong] = np.abs(weights[0]).sum()
    return _with(probe, {"input": x, "W": weights}), ("gradient", 1)


def _faint_classifier(probe: Probe) -> Case:
    """All features faint but the first, and no regularisation beside them."""
    arguments = {"input": _faint(probe.arguments["input"]), "lamda": np.zeros_like(probe.arguments["lamda"])}
    return _with(probe, arguments), ("gradient", 1)


def _faint(x: FloatArray) -> FloatArray:
    faint = x.copy()
    faint[:, 1:] *= FAINT
    return faint


def _with(probe: Probe, changed: Mapping[str, FloatArray]) -> Probe:
    return replace(probe, arguments={**probe.arguments, **changed})


def _wrong_class(target: FloatArray) -> int:
    return int((target[0].argmax() + 1) % target.shape[1])


CASES: Mapping[Operation, Sequence[Callable[[Probe], Case]]] = {
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: (_logits,),
    Operation.NETWORK_BACKWARD: (_network, _faint_network),
    Operation.SOFTMAX_CLASSIFIER: (_classifier, _faint_classifier),
}
