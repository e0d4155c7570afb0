"""One call of a student's training loop: its arguments, its parameters, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks.subject import Subject
from grader.comparison import fitted
from grader.report import Diagnosis
from grader.results import FloatArray, Tensors, Unreadable, read
from grader.sandbox import Reply, Returned
from reference.spec import Function

Parameters = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Trained:
    """Parameters by name with the shapes asked for. single: some were float32. seconds: wall time of the call."""

    parameters: Parameters
    single: bool
    seconds: float


def train(
    subject: Subject,
    function: str,
    data: Sequence[FloatArray],
    hyperparameters: Mapping[str, float | int],
    epochs: Sequence[int],
    wall_seconds: float | None,
) -> list[Reply]:
    """Train afresh for each number of epochs, always from the same seed; one reply each, in the order of `epochs`."""
    replies: list[Reply] = []
    for count in epochs:
        more = {**hyperparameters, "epochs": count, "seed": 0}
        replies += subject.student.call(function, [data], more=more, wall_seconds=wall_seconds)
        if not isinstance(replies[-1], Returned):
            break
    return replies


def parameters(function: Function, reply: Returned, sizes: Mapping[str, int]) -> Trained | Diagnosis:
    """The parameters a training returned, or why they cannot be used."""
    result = read(function, reply.value)
    if isinstance(result, Unreadable):
        return Diagnosis(result.code, result.evidence)
    if not isinstance(result, Tensors):
        raise TypeError("read() gives Tensors or Unreadable")
    values = {}
    for tensor in function.results:
        shape = tuple(1 if axis == "1" else sizes[axis] for axis in tensor.axes)
        array = fitted(result.values[tensor.name], tensor, shape)
        if array is None:
            found = list(result.values[tensor.name].shape)
            return Diagnosis("SHAPE", {"tensor": tensor.name, "shape": found, "expected": list(shape)})
        if not np.all(np.isfinite(array)):
            return Diagnosis("DIVERGED", {"tensor": tensor.name})
        values[tensor.name] = array
    return Trained(values, result.single, reply.seconds)
