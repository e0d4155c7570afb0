"""Tells a derivative that was worked out from one that was measured: differences of a loss drown in what is larger.

Some examples get a loss of 1e13 and more, while every derivative that is looked at stays near 0.1. Worked out, they
never see the large loss; a difference quotient loses its digits to it, be it one of the whole loss or of the example's
own. Or all features but one are so faint that their derivatives are 1e-15, beside a loss of 1: that needs no loss that
is right where a probability is 0. Or some classes are so unlikely that what is derived by their scores is as small.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader import numerics
from grader.checks.subject import Subject
from grader.checks.values.amplified_case import TOLERANCE, Case, changed
from grader.checks.values.unlikely_classes import UNLIKELY_CLASSES
from grader.diagnosis.vocabulary import is_called_as_in_formulas
from grader.probes import SCALE_1_AGAIN, Probe, draw
from grader.report import Note
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Reply, Returned
from reference.spec import Function, Operation

LARGE = (1e13, 1e16)
"""Losses of the first two examples. Of the second float64 sees no step, and a longdouble of 64 bits keeps 1e-3; of the
first float64 keeps 2e-3. The whole loss says nothing of the others."""

UNREGULARISED = frozenset({Operation.SOFTMAX_CLASSIFIER, Operation.COST_GRADIENT, Operation.TWO_LAYER_LOSS})
"""Their cases have no regularisation, so that forms with half of it, or none of the bias, are the same here."""

FAINT = 1e-15
"""Of all features but the first. Float64 keeps 1e-16 of a loss near 1: no step makes a difference of it as small."""


def cases(subject: Subject, function: Function) -> Sequence[Case]:
    """What is asked beside the probes of a gradient; nothing where the operation is not known."""
    if function.operation not in UNLIKELY_CLASSES or not is_called_as_in_formulas(function):
        return ()
    drawn = draw(function, "amplified", 1.0, SCALE_1_AGAIN, subject.rng("amplified"))
    return [
        case(drawn) for case in (*LARGE_AND_FAINT.get(function.operation, ()), UNLIKELY_CLASSES[function.operation])
    ]


def flags(
    subject: Subject, function: Function, form: str, asked: Sequence[Case], replies: Sequence[Reply]
) -> tuple[Note, ...]:
    """A flag where a right gradient is wrong only beside something far larger; it costs nothing, a person looks.

    form: the right function that the gradient follows. replies: to what was asked, in its order.
    """
    if form not in (subject.forms(function) if function.operation in UNREGULARISED else (function.name,)):
        return ()
    errors = [_error(subject, function, form, case, reply) for case, reply in zip(asked, replies, strict=True)]
    lost = next((error for error in errors if not numerics.agrees(error, TOLERANCE)), None)
    if lost is None:
        return ()
    return (Note("FINITE_DIFFERENCES", {"function": function.name, "error": lost}, subject.lines(function.name)),)


def _error(subject: Subject, function: Function, form: str, case: Case, reply: Reply) -> float:
    """The largest error of what is looked at; 0 where it cannot be read, or overflows: that has checks of its own."""
    result = read(function, reply.value) if isinstance(reply, Returned) else None
    right = subject.oracle.results(function, form, case.probe.arguments)[case.tensor]
    if not isinstance(result, Tensors) or result.values[case.tensor].size != right.size:
        return 0.0
    yours = result.values[case.tensor].reshape(right.shape)
    return case.error(yours, right) if np.all(np.isfinite(yours)) else 0.0


def _logits(probe: Probe) -> Case:
    """The first rows with their target far below a wrong class, and nothing near either: right code is exact there."""
    values, target = probe.arguments["logits"].copy(), probe.arguments["target"]
    for row, loss in zip(range(len(target)), LARGE, strict=False):
        others = np.arange(target.shape[1]) != _wrong_class(target[row])
        values[row, others] = -loss * (1.0 + target[row, others]) / 2.0
    return Case(changed(probe, {"logits": values}), "d_logits", _error_of_large)


def _network(probe: Probe) -> Case:
    """The first examples so large that the output saturates at a wrong class; the bias of the output is looked at.

    Each has hidden units of its own, and the one's wrong class is the other's right one: there 1 - 1 is added, so that
    nothing is missing where a derivative by a probability of 0 is multiplied by it.
    """
    x, target, w_h, w_o = (probe.arguments[name].copy() for name in ("x", "target", "w_h", "w_o"))
    w_o = -np.abs(w_o)
    classes = (int(target[0].argmax()), _wrong_class(target[0]))
    for row, loss in zip(range(min(x.shape)), LARGE, strict=False):
        x[row], w_h[row], target[row] = 0.0, 0.0, 0.0
        x[row, row] = loss
        target[row, classes[row]] = 1.0
        own = slice(row, None, len(LARGE))
        w_h[row, own] = 1.0
        w_o[own, classes[1 - row]] = np.abs(w_o[own]).sum(axis=1)
    arguments = {"x": x, "target": target, "w_h": w_h, "w_o": w_o}
    return Case(changed(probe, arguments), "db_o", numerics.largest_error)


def _faint_network(probe: Probe) -> Case:
    """All features faint but the first; the derivatives by their weights are looked at."""
    return Case(changed(probe, {"x": _faint(probe.arguments["x"])}), "dW_h", _error_of_faint)


def _classifier(probe: Probe) -> Case:
    """The first examples far from their class, each by a feature that no other example has, and no other feature."""
    x, weights, label = (probe.arguments[name].copy() for name in ("input", "W", "label"))
    for row, loss in zip(range(min(x.shape)), LARGE, strict=False):
        x[row], x[:, row], weights[row] = 0.0, 0.0, -0.5
        x[row, row] = loss
        weights[row, _wrong_class(label[row])] = 0.0
        weights[row, label[row].argmax()] = -1.0
    return Case(changed(probe, {"input": x, "W": weights}), "gradient", _error_of_large)


def _faint_classifier(probe: Probe) -> Case:
    """All features faint but the first, and no regularisation beside them."""
    arguments = {"input": _faint(probe.arguments["input"]), "lamda": np.zeros_like(probe.arguments["lamda"])}
    return Case(changed(probe, arguments), "gradient", _error_of_faint)


def _error_of_large(yours: FloatArray, right: FloatArray) -> float:
    """Of each row of a large example by itself, and of the rest.

    Zeros in all of the large ones' rows are no sign: a derivative by a probability of 0 that is multiplied by it is 0.
    """
    large = range(min(len(LARGE), len(right)))
    rest = numerics.largest_error(yours[len(LARGE) :], right[len(LARGE) :])
    if all(numerics.largest(yours[row]) <= TOLERANCE * numerics.largest(right[row]) for row in large):
        return rest
    return max([rest, *(numerics.largest_error(yours[row], right[row]) for row in large)])


def _error_of_faint(yours: FloatArray, right: FloatArray) -> float:
    """Of all that belongs to a faint feature."""
    return numerics.largest_error(yours[1:], right[1:])


def _faint(x: FloatArray) -> FloatArray:
    faint = x.copy()
    faint[:, 1:] *= FAINT
    return faint


def _wrong_class(target: FloatArray) -> int:
    """Of one row."""
    return int((target.argmax() + 1) % target.size)


LARGE_AND_FAINT: Mapping[Operation, Sequence[Callable[[Probe], Case]]] = {
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: (_logits,),
    Operation.NETWORK_BACKWARD: (_network, _faint_network),
    Operation.SOFTMAX_CLASSIFIER: (_classifier, _faint_classifier),
}
