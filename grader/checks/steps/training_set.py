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

    def after(self, function: Function, reached: Parameters, epochs: int) -> tuple[NDArray[Any], ...]:
        """The arguments with which a training goes on from the parameters it reached: another seed, other batches."""
        seeds = {t.name: np.asarray(self.seed + epochs) for t in function.arguments if t.draw is Draw.SEED}
        return self.on(function, self.split.train, {**reached, **seeds})


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
    sizes["G"] = sizes["H"]  # a second hidden layer is as wide as the first
    start = rng(spec.function, "first", str(run))
    seed = int(start.integers(1 << 31))
    first = first_parameters(function, sizes, start, seed)
    return TrainingSet(split, sizes, first, seed, tuple(arguments(function, split.train, split.valid, first)))


def reference_trained(
    spec: Training, function: Function, oracle: Oracle, one: TrainingSet, stages: Sequence[int]
) -> tuple[Parameters, ...]:
    """The parameters of the reference after each of some rising numbers of epochs, on the same set and seed."""
    found: list[Parameters] = []
    data, done = one.data, 0
    for stage in stages:
        more: dict[str, Any] = {**spec.hyperparameters, "epochs": stage - done}
        if all(tensor.draw is not Draw.SEED for tensor in function.arguments):
            more["seed"] = one.seed
        found.append(named(function, oracle.answers[function.answer](*map(given, data), **more)))
        if spec.supplied:
            data, done = one.after(function, found[-1], stage), stage
    return tuple(found)


def named(function: Function, trained: Parameters | Sequence[FloatArray]) -> Parameters:
    """Parameters by their names, which some functions give in their order only."""
    if isinstance(trained, Mapping):
        return trained
    return dict(zip((tensor.name for tensor in function.results), trained, strict=True))
