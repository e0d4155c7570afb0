"""Do a student's own loss and its gradient depend on the data? Half the sum of squared parameters has a right gradient
too, and needs neither a softmax nor a chain rule.

Asked only of a gradient that would keep a share of its points for being the derivative of the student's own forward.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader import numerics
from grader.checks.subject import Subject
from grader.checks.values.given import LEAST_SPREAD, by_reference
from grader.checks.values.own_losses import own_losses
from grader.exchanges import drawn_anew
from grader.probes import Probe
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Function, Gradient


def _exchanges(subject: Subject, function: Function, probe: Probe) -> list[Probe]:
    """The probe with other inputs, and with other labels: one argument is drawn anew in each."""
    others = drawn_anew(function, probe, subject.rng("exchanges", function.name))
    return [
        subject.settled(function, replace(probe, arguments={**probe.arguments, name: array}))
        for name, array in others.items()
    ]


def heard(
    spec: Gradient, subject: Subject, function: Function, probe: Probe, shown: Mapping[str, FloatArray]
) -> Mapping[str, bool]:
    """For each tensor whether the student's own objective and derivative depend on the data, as the reference's do.

    shown: the student's derivative at the probe. The objective must change with every argument, the derivative with
    one: that of a loss without a logarithm forgets the inputs rightly. Each of the probes is heard in a process that
    hears of no other: who remembers could answer something else only because it is asked again.
    """
    probes = [probe, *_exchanges(subject, function, probe)]
    nothing = dict.fromkeys(spec.wrt, False)
    losses: list[float] = []
    yours: list[Mapping[str, FloatArray]] = []
    for each in probes:
        if subject.apart is None:
            return nothing
        with subject.apart() as student:
            elsewhere = replace(subject, student=student)
            loss = own_losses(spec, elsewhere, function, [each])
            (reply,) = student.call(function.name, [[each.arguments[tensor.name] for tensor in function.arguments]])
        result = read(function, reply.value) if isinstance(reply, Returned) else None
        if loss is None or not isinstance(result, Tensors):
            return nothing
        losses.append(float(loss[0]))
        yours.append(result.values)
    objective = spec.objective or spec.loss[-1].results[-1]
    first, *others = [known[objective] for known in by_reference(subject, spec.loss, probes)]
    told = all(
        mine != losses[0] or np.array_equal(right, first) for mine, right in zip(losses[1:], others, strict=True)
    )
    if not told:
        return nothing
    asked = [subject.oracle.results(function, function.answer, each.arguments) for each in probes]
    found: dict[str, bool] = {}
    for name in spec.wrt:
        mine = [each[name] for each in yours]
        needed = _turned([each[name] for each in asked])
        found[name] = _same(mine[0], shown[name]) and (needed == 0 or _turned(mine) >= LEAST_SPREAD * needed)
    return found


def _same(mine: FloatArray, shown: FloatArray) -> bool:
    """Whether a derivative is the one that was graded, in float32 or better."""
    error = numerics.largest_error(mine, shown) if mine.shape == shown.shape else np.inf
    return numerics.agrees(error, numerics.FLOAT32_TOLERANCE)


def _turned(arrays: Sequence[FloatArray]) -> float:
    """By how much of itself a derivative is another one than the first, whatever its factor: the most of all."""
    first, *others = (array.ravel() for array in arrays)
    if any(other.shape != first.shape for other in others):
        return float("nan")
    with np.errstate(all="ignore"):  # of the student's own numbers: what is not finite gives NaN, which is no turn
        size = np.maximum(first @ first, numerics.TINY)
        rests = [np.linalg.norm(other - (other @ first) / size * first) for other in others]
        turns = [rest / np.maximum(np.linalg.norm(o), numerics.TINY) for rest, o in zip(rests, others, strict=True)]
    return float(np.max(turns, initial=0.0))
