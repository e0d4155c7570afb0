"""What one training of a check is drawn with: a split nobody has seen, a seed, first parameters, and its reference."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.trained import arguments, first_parameters
from grader.oracle import Oracle, given
from grader.results import FloatArray
from grader.standing import Parameters
from reference.data import DRAWN, Dataset, Split, by_class
from reference.spec import Draw, Function, Training


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """split: the training set as the student's loop gets it. data: all arguments of that loop but hyperparameters."""

    split: Split
    sizes: Mapping[str, int]
    first: Parameters
    seed: int
    data: tuple[NDArray[Any], ...]

    def on(self, function: Function, train: Dataset, first: Parameters | None = None) -> tuple[NDArray[Any], ...]:
        """The arguments with other examples to train on, or from other first parameters."""
        start = {**self.first, **(first or {})}
        return tuple(arguments(function, train, self.split.valid, start))


def drawn(spec: Training, function: Function, rng: Callable[..., np.random.Generator], run: int) -> TrainingSet:
    """The set of one run. rng: the generator for a purpose, named by texts."""
    split = DRAWN[spec.dataset](rng(spec.function, spec.dataset, str(run)))
    if spec.by_class:
        split = Split(by_class(split.train), split.valid, split.test)
    sizes = {
        "D": split.train.inputs.shape[1],
        "H": spec.hidden or int(spec.hyperparameters.get("hidden", 0)),
        "C": split.train.classes,
    }
    start = rng(spec.function, "first", str(run))
    seed = int(start.integers(1 << 31))
    first = first_parameters(function, sizes, start, seed)
    return TrainingSet(split, sizes, first, seed, tuple(arguments(function, split.train, split.valid, first)))


def reference_trained(
    spec: Training, function: Function, oracle: Oracle, drawn_set: TrainingSet, epochs: int
) -> Parameters:
    """The parameters of the reference after some epochs on the same set from the same seed."""
    more: dict[str, Any] = {**spec.hyperparameters, "epochs": epochs}
    if all(tensor.draw is not Draw.SEED for tensor in function.arguments):
        more["seed"] = drawn_set.seed
    trained = oracle.answers[function.answer](*map(given, drawn_set.data), **more)
    return _named(function, trained)


def _named(function: Function, trained: Parameters | Sequence[FloatArray]) -> Parameters:
    if isinstance(trained, Mapping):
        return trained
    return dict(zip((tensor.name for tensor in function.results), trained, strict=True))
