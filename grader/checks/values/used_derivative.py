"""The derivative of an activation that a student's backward used, beside the right one, where it is a wrong one.

Measured: the student's gradient over the upstream gradient, at every input of the activation. Each input is measured
twice, the second time in another place, among other numbers, under another upstream gradient and in a batch or a
network of other sizes: what depends on any of these is no derivative of an activation, and nothing is said of it.
"""

from collections.abc import Mapping
from dataclasses import replace

from grader.checks.subject import Subject
from grader.checks.values.hidden_layers import hidden_quotients
from grader.checks.values.quotients import Quotients, divisible, scattered, wrong_derivative
from grader.checks.values.values import asked
from grader.comparison import Comparison
from grader.diagnosis.vocabulary import is_called_as_in_formulas
from grader.report import UsedDerivative
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Function, Gradient, Operation

LAYERS: Mapping[Operation, str] = {Operation.RELU_LAYER: "relu", Operation.SIGMOID_LAYER: "sigmoid"}
"""Layers of one activation: arguments X and delta, results out and dX."""


def used_derivative(
    spec: Gradient, subject: Subject, function: Function, comparison: Comparison
) -> UsedDerivative | None:
    """The first wrong derivative from the output back; None if none is wrong, none can be measured
    or tensors are called otherwise than here.

    The student's function is called in the process that the check has, one message at most.
    """
    if not is_called_as_in_formulas(function):
        return None
    if function.operation in LAYERS:
        found = _of_layer(subject, function, comparison)
    else:
        found = hidden_quotients(subject, function)
    told = (wrong_derivative(each) for each in found if each.tensor in spec.tensor_points)
    return next((each for each in told if each is not None), None)


def _of_layer(subject: Subject, function: Function, comparison: Comparison) -> list[Quotients]:
    """The quotients of a layer of one activation: on a probe it has answered, and with its inputs elsewhere."""
    first = next((o for o in comparison.outcomes if o.probe.ordinary and isinstance(o.yours, Tensors)), None)
    if first is None or not isinstance(first.yours, Tensors):
        return []
    x, delta = first.probe.arguments["X"], first.probe.arguments["delta"]
    rng = subject.rng("derivative", function.name)
    shape = (x.shape[1], 2 * x.shape[0])  # another number of examples: a mean over the batch is no derivative
    among, places = scattered(x.ravel(), shape[0] * shape[1], rng)
    other: FloatArray = rng.standard_normal(shape)
    probe = replace(first.probe, arguments={"X": among.reshape(shape), "delta": other})
    (reply,) = asked(subject, function, [probe])
    again = read(function, reply.value) if isinstance(reply, Returned) else None
    once = first.yours.values["dX"]
    if not isinstance(again, Tensors) or once.shape != x.shape or again.values["dX"].shape != shape:
        return []
    return [
        Quotients(
            LAYERS[function.operation],
            "dX",
            "X",
            x.ravel(),
            (once / delta).ravel(),
            (again.values["dX"] / other).ravel()[places],
            divisible(delta).ravel() & divisible(other).ravel()[places],
        )
    ]
