"""Tells a derivative that was worked out from one that was measured: where the loss is huge, differences of it drown.

One example gets a logit so large that its loss is 1e10, while every derivative that is looked at stays near 0.1. Worked
out, they never see the large loss; a difference quotient loses ten decimals to it.
"""

import numpy as np

from grader import numerics
from grader.checks.subject import Subject
from grader.diagnosis.vocabulary import is_called_as_in_formulas
from grader.probes import SCALE_1, Probe, draw
from grader.report import Note
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Function, Operation

LARGE = 1e10
"""The loss of the first example. Float64 keeps 1e-6 of it: over a step of 1e-3 or less that is an error above 1e-3."""

TOLERANCE = 1e-4
"""Relative error that says "measured": float32 computes these entries to 1e-6, difference quotients to 1e-3 at best."""


def flags(subject: Subject, function: Function, form: str) -> tuple[Note, ...]:
    """A flag where a right gradient is wrong only under a huge loss; it costs nothing, a person looks at it."""
    if form != function.name or function.operation not in CASES or not is_called_as_in_formulas(function):
        return ()
    probe, looked_at = CASES[function.operation](draw(function, "amplified", 1.0, SCALE_1, subject.rng("amplified")))
    (reply,) = subject.student.call(function.name, [list(probe.arguments.values())])
    result = read(function, reply.value) if isinstance(reply, Returned) else None
    if not isinstance(result, Tensors):
        return ()
    name, rows = looked_at
    yours, right = result.values[name], subject.oracle.results(function, form, probe.arguments)[name]
    if yours.size != right.size:
        return ()
    yours, right = yours.reshape(right.shape)[rows:], right[rows:]
    # What overflows there is another matter, and has a check of its own.
    if not np.all(np.isfinite(yours)) or numerics.agrees(numerics.largest_error(yours, right), TOLERANCE):
        return ()
    error = numerics.largest_error(yours, right)
    return (Note("FINITE_DIFFERENCES", {"function": function.name, "error": error}, subject.lines(function.name)),)


def _logits(probe: Probe) -> tuple[Probe, tuple[str, int]]:
    """The first row saturated at a wrong class; all rows but that one are looked at."""
    logits = next(n for n, a in probe.arguments.items() if a.shape == probe.arguments["target"].shape and n != "target")
    values = probe.arguments[logits].copy()
    values[0, _wrong_class(probe.arguments["target"])] = LARGE
    return Probe(probe.name, 1.0, probe.sizes, {**probe.arguments, logits: values}), ("d_logits", 1)


def _network(probe: Probe) -> tuple[Probe, tuple[str, int]]:
    """The first example so large that its output saturates; the bias of the output is looked at."""
    x, w_h, w_o = (probe.arguments[name].copy() for name in ("x", "w_h", "w_o"))
    x[0] = 0.0
    x[0, 0] = LARGE
    w_h[0] = np.abs(w_h[0])  # hidden units are on there
    w_o[:, _wrong_class(probe.arguments["target"])] = np.abs(w_o).sum(axis=1)
    return Probe(probe.name, 1.0, probe.sizes, {**probe.arguments, "x": x, "w_h": w_h, "w_o": w_o}), ("db_o", 0)


def _wrong_class(target: FloatArray) -> int:
    return int((target[0].argmax() + 1) % target.shape[1])


CASES = {Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: _logits, Operation.NETWORK_BACKWARD: _network}
