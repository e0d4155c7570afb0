"""One call of a student's training loop: its arguments, its parameters, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.subject import Subject
from grader.comparison import fitted
from grader.probes import shape_of
from grader.report import Diagnosis
from grader.results import Tensors, Unreadable, read
from grader.sandbox import Reply, Returned
from grader.standing import Parameters
from reference.data import Dataset
from reference.initialization import he
from reference.spec import Action, Draw, Function


@dataclass(frozen=True, slots=True)
class Trained:
    """Parameters by name with the shapes asked for.

    single: some were calculated in float32. seconds: wall time of the call.
    """

    parameters: Parameters
    single: bool
    seconds: float


def arguments(function: Function, train: Dataset, valid: Dataset, first: Parameters) -> list[NDArray[Any]]:
    """What a training function takes: inputs and labels (or targets) to train on and to validate on, first parameters.

    first: by the names of the arguments that come after the four of the data.
    """
    found: list[NDArray[Any]] = []
    for tensor, part in zip(function.arguments, (train, train, valid, valid), strict=False):
        if tensor.draw is Draw.LABELS:
            found.append(part.labels)
        else:
            found.append(part.targets if tensor.draw is Draw.ONE_HOT else part.inputs)
    return [*found, *(first[tensor.name] for tensor in function.arguments[4:])]


def first_parameters(
    function: Function, sizes: Mapping[str, int], rng: np.random.Generator, seed: int = 0
) -> Parameters:
    """What comes after the data: first weights (He's), biases of zero, sizes, choices and the seed; or nothing."""
    found: dict[str, NDArray[Any]] = {}
    for tensor in function.arguments[4:]:
        if tensor.draw in (Draw.SIZE, Draw.CHOICE):
            found[tensor.name] = np.asarray(sizes[tensor.of] if tensor.draw is Draw.SIZE else tensor.of)
            continue
        if tensor.draw is Draw.SEED:
            found[tensor.name] = np.asarray(seed)
            continue
        shape = shape_of(tensor, sizes)
        found[tensor.name] = he(rng, *shape) if tensor.draw is Draw.WEIGHTS else np.zeros(shape)
    return found


def train(
    subject: Subject,
    function: str,
    data: Sequence[NDArray[Any]],
    hyperparameters: Mapping[str, float | int],
    epochs: Sequence[int],
    wall_seconds: float | None,
    seed: int = 0,
    recipe: tuple[Action, ...] = (),
) -> list[Reply]:
    """Train afresh for each number of epochs, always from the same seed; one reply each, in the order of `epochs`.

    recipe: how, where that is not the function's own way.
    """
    replies: list[Reply] = []
    # A method of a class draws from NumPy's global generator, which is seeded before each call.
    keyword = {} if subject.assignment.function(function).recipe else {"seed": seed}
    for count in epochs:
        more = {**hyperparameters, "epochs": count, **keyword}
        replies += subject.student.call(
            function, [data], more=more, seeds=[seed], wall_seconds=wall_seconds, recipe=recipe
        )
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
        shape = shape_of(tensor, sizes)
        array = fitted(result.values[tensor.name], tensor, shape)
        if array is None:
            found = list(result.values[tensor.name].shape)
            return Diagnosis("SHAPE", {"tensor": tensor.name, "shape": found, "expected": list(shape)})
        if not np.all(np.isfinite(array)):
            return Diagnosis("DIVERGED", {"tensor": tensor.name})
        values[tensor.name] = array
    return Trained(values, result.single or _are_single(values), reply.seconds)


def _are_single(values: Parameters) -> bool:
    """Whether float64 came that holds float32: a loop that calculates in it may hand out what it was asked for."""
    arrays = [array for array in values.values() if np.any(array)]
    with np.errstate(over="ignore"):
        return bool(arrays) and all(np.array_equal(array, array.astype(np.float32)) for array in arrays)
