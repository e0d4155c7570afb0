"""The scalar that a student's own forward gives, of which the student's gradient may be the derivative."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.checks.subject import Subject
from grader.checks.values.given import right_given
from grader.probes import Probe
from grader.results import FloatArray
from reference.spec import Function, Given, Gradient, Tensor


def own_losses(spec: Gradient, subject: Subject, function: Function, probes: Sequence[Probe]) -> FloatArray | None:
    """One for each probe: the last result, weighted by the upstream gradient; None where there is no such number."""
    last = Tensor(spec.objective or spec.loss[-1].results[-1], ())
    results = right_given(subject, replace(function, results=(last,)), Given(spec.loss), probes)
    if results is None:
        return None
    losses = []
    for probe, values_of in zip(probes, results, strict=True):
        value = values_of[last.name]
        weight = np.ones(()) if spec.upstream is None else probe.arguments[spec.upstream]
        if (spec.upstream is not None and value.shape != weight.shape) or (spec.upstream is None and value.size != 1):
            return None
        losses.append(float(np.sum(weight * value)))
    return np.array(losses)
