"""A training whose steps are too small to bend its path: how far it went, and what its examples' gradients are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.steps.slopes import stretched
from grader.checks.subject import Subject
from grader.comparison import fitted
from grader.diagnosis.optimizer import flat
from grader.probes import Setting, Sizes, set_up
from grader.report import Diagnosis, Evidence
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Draw, Function

VALIDATION_ROWS = 3
"""Fewer than there are to train on: who draws the rows of the wrong set never comes to the last ones."""

RATE = 1e-5
"""A path of a hundred steps bends by a thousandth, and the gradients halfway allow for that; a step is still a hundred
times what float32 can tell apart."""

Arguments = Mapping[str, NDArray[Any]]


def drawn(function: Function, sizes: Sizes, rng: np.random.Generator) -> Arguments:
    """What the training takes: examples of different classes, and fewer to validate on."""
    arguments = dict(set_up(function, Setting("drawn batches", 1.0, sizes), rng).arguments)
    _, _, *validation = [tensor.name for tensor in function.arguments if tensor.axes[:1] == ("N",)]
    rates = [tensor.name for tensor in function.arguments if tensor.draw is Draw.RATE]
    arguments |= {name: arguments[name][:VALIDATION_ROWS] for name in validation}
    return arguments | {name: np.asarray(RATE) for name in rates}


@dataclass(frozen=True, slots=True)
class Path:
    """moved: how far the parameters went down over the rate, a vector. halfway: arguments with those in the middle."""

    moved: FloatArray
    halfway: Arguments


def path(function: Function, arguments: Arguments, after: Tensors) -> Path | Diagnosis:
    """From the first parameters to those returned; or why these cannot be used."""
    parameters = [tensor for tensor in function.arguments if tensor.draw in (Draw.WEIGHTS, Draw.BIAS)]
    moved, halfway = [], {}
    for start, now in zip(parameters, function.results, strict=True):
        before = arguments[start.name]
        array = fitted(after.values[now.name], now, before.shape)
        if array is None:
            shapes: dict[str, Evidence] = {"shape": list(after.values[now.name].shape), "expected": list(before.shape)}
            return Diagnosis("SHAPE", {"tensor": now.name, **shapes})
        moved.append((before - array).ravel() / RATE)
        halfway[start.name] = (before + array) / 2
    if not np.any(np.concatenate(moved)):
        return Diagnosis("PARAMS_NOT_UPDATED", {"lr": RATE})
    return Path(np.concatenate(moved), {**arguments, **halfway})


@dataclass(frozen=True, slots=True)
class ExampleGradients:
    """Gradients of single examples with labels of our choice, one a column."""

    subject: Subject
    gradient: Function
    arguments: Arguments

    def right(self, pairs: Sequence[tuple[int, int]]) -> FloatArray | None:
        """By the reference."""
        form, oracle = self.gradient.answer, self.subject.oracle
        return self._columns([oracle.results(self.gradient, form, self._one(*pair)) for pair in pairs])

    def own(self, pairs: Sequence[tuple[int, int]]) -> FloatArray | None:
        """By the student's own function, in another process; None where it gives none."""
        return self._asked([self._one(*pair) for pair in pairs])

    def together(self, batches: Sequence[Sequence[int]]) -> FloatArray | None:
        """By the student's own function, of examples together with their own labels; rows of each batch, in order."""
        return self._asked([self._batch(rows, self._labels[list(rows)]) for rows in batches])

    def _asked(self, arguments: Sequence[Arguments]) -> FloatArray | None:
        if self.subject.apart is None or self.gradient.name not in self.subject.student.bindings:
            return None
        with self.subject.apart() as student:
            replies = student.call(self.gradient.name, [list(each.values()) for each in arguments])
        results = [read(self.gradient, reply.value) if isinstance(reply, Returned) else None for reply in replies]
        tensors = [self._whole(result.values) for result in results if isinstance(result, Tensors)]
        return self._columns(tensors) if len(tensors) == len(arguments) else None

    def _whole(self, results: Mapping[str, FloatArray]) -> Mapping[str, FloatArray]:
        """The gradients among the results, as long as the parameters that a step subtracts them from."""
        slopes = {tensor.name: results[tensor.name] for tensor in self.gradient.results if tensor.axes}
        moved = [tensor.name for tensor in self.gradient.arguments if tensor.draw in (Draw.WEIGHTS, Draw.BIAS)]
        return stretched(slopes, {name: self.arguments[name] for name in moved})

    def _columns(self, results: Sequence[Mapping[str, FloatArray]]) -> FloatArray | None:
        names = [tensor.name for tensor in self.gradient.results if tensor.axes]
        columns = [flat(values, names) for values in results]
        return np.stack(columns, axis=1) if len({column.shape for column in columns}) == 1 else None

    def _one(self, row: int, label: int) -> Arguments:
        return self._batch([row], np.array([label], self._labels.dtype))

    @property
    def _labels(self) -> NDArray[Any]:
        _, labels, *_ = self.arguments.values()
        return labels

    def _batch(self, rows: Sequence[int], labels: NDArray[Any]) -> Arguments:
        inputs, *_ = self.arguments.values()
        first, second, *others = self.gradient.arguments
        found: dict[str, NDArray[Any]] = {first.name: inputs[list(rows)], second.name: labels}
        for tensor in others:
            found[tensor.name] = np.asarray(0.0) if tensor.draw is Draw.STRENGTH else self.arguments[tensor.name]
        return found
