"""A row whose scores are all equal still has one class: so it is with weights of 0, with which many a loop begins."""

from dataclasses import replace

import numpy as np

from grader.comparison import fitted
from grader.probes import Probe, shape_of
from grader.report import Diagnosis
from grader.results import Unreadable, read
from grader.sandbox import Returned
from reference.spec import Draw, Function


def equal_scores(function: Function, probe: Probe) -> Probe | None:
    """The probe with weights and biases of 0; None for a function that predicts no classes from them."""
    weights = [tensor.name for tensor in function.arguments if tensor.draw in (Draw.WEIGHTS, Draw.BIAS)]
    if not weights or not any(tensor.column for tensor in function.results):
        return None
    zeros = {name: np.zeros_like(probe.arguments[name]) for name in weights}
    return replace(probe, arguments={**probe.arguments, **zeros})


def misshapen(function: Function, probe: Probe, reply: Returned) -> Diagnosis | None:
    """What is no prediction for each row; which of the classes it is says nothing."""
    yours = read(function, reply.value)
    if isinstance(yours, Unreadable):
        return Diagnosis(yours.code, yours.evidence)
    for tensor in function.results:
        shape, expected = yours.values[tensor.name].shape, shape_of(tensor, probe.sizes)
        if tensor.column and fitted(yours.values[tensor.name], tensor, expected) is None:
            shapes = {"tensor": tensor.name, "shape": list(shape), "expected": list(expected)}
            return Diagnosis("SHAPE", {**shapes, "only_in": "a batch whose scores are all equal"})
    return None
