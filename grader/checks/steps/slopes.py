"""The gradients that a training loop may have stepped by: the reference's, or those of the student's own function."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader import numerics
from grader.checks.subject import Subject
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Reply, Returned
from grader.standing import Parameters
from reference.data import one_hot
from reference.spec import Draw, Function, UpdateRule

Slopes = Mapping[str, FloatArray]
"""A gradient by tensor, in the order of the parameters."""

Data = tuple[NDArray[Any], NDArray[Any]]
"""Inputs (N, D), and targets (N, C) or labels (N,)."""


@dataclass(frozen=True, slots=True)
class Gradients:
    """Where gradients come from in one check."""

    spec: UpdateRule
    subject: Subject

    @property
    def function(self) -> Function:
        """The function whose results are the gradients."""
        return self.subject.assignment.function(self.spec.gradient)

    def right(self, form: str, data: Data, point: Parameters) -> Slopes:
        """The reference's, in one of the forms that are accepted."""
        return self._only(self.subject.oracle.results(self.function, form, self._arguments(data, point)))

    def rights(self, form: str, places: Sequence[tuple[Data, Parameters]]) -> list[Slopes]:
        """The same at several places."""
        return [self.right(form, *place) for place in places]

    def ways(self, places: Sequence[tuple[Data, Parameters]]) -> Iterator[list[Slopes]]:
        """Gradients at these places that a loop may go by: in each form, then the student's own where it is wrong."""
        yield from (self.rights(form, places) for form in self.forms())
        if self.function.name not in self.subject.proven:
            own = [slope for slope in self.owns(places) if slope is not None]
            if len(own) == len(places):
                yield own

    @property
    def unregularised(self) -> "Gradients | None":
        """The same without regularisation; None where there is none to leave out."""
        strengths = {tensor.name: 0.0 for tensor in self.function.arguments if tensor.draw is Draw.STRENGTH}
        if not strengths:
            return None
        spec = replace(self.spec, hyperparameters={**self.spec.hyperparameters, **strengths})
        return Gradients(spec, self.subject)

    def forms(self) -> tuple[str, ...]:
        """The forms that are accepted, the asked one first."""
        return self.subject.right_forms(self.function)

    def own(self, data: Data, point: Parameters) -> Slopes | None:
        """The student's own, asked where nothing is known of the training; None where there is none to take.

        One that has lost no points is right, perhaps to float32 only: it counts where it agrees with the reference.
        """
        return self.owns([(data, point)])[0]

    def owns(self, places: Sequence[tuple[Data, Parameters]]) -> list[Slopes | None]:
        """The student's own at several places, asked together."""
        name = self.function.name
        if name not in self.subject.student.bindings or self.subject.apart is None:
            return [None] * len(places)
        with self.subject.apart() as student:
            replies = student.call(name, [list(self._arguments(*place).values()) for place in places])
        return [self._counting(reply, *place) for reply, place in zip(replies, places, strict=True)]

    def is_single(self, data: Data, point: Parameters) -> bool:
        """Whether the student's own gives float32, in which a unit near its kink may be on or off."""
        if self.function.name not in self.subject.student.bindings or self.subject.apart is None:
            return False
        with self.subject.apart() as student:
            (reply,) = student.call(self.function.name, [list(self._arguments(data, point).values())])
        result = read(self.function, reply.value) if isinstance(reply, Returned) else None
        return isinstance(result, Tensors) and result.single

    def _counting(self, reply: Reply, data: Data, point: Parameters) -> Slopes | None:
        result = read(self.function, reply.value) if isinstance(reply, Returned) else None
        if not isinstance(result, Tensors):
            return None
        slopes = self._only(result.values)
        if self.function.name in self.subject.proven and not any(
            _agree(slopes, self.right(form, data, point)) for form in self.forms()
        ):
            return None
        return stretched(slopes, point)

    def _arguments(self, data: Data, point: Parameters) -> Mapping[str, NDArray[Any]]:
        """Inputs, targets, then parameters and hyperparameters by their names."""
        inputs, targets = data
        _, second, *others = self.function.arguments
        if second.draw is Draw.ONE_HOT and targets.ndim == 1:  # the loop takes labels, its gradient targets
            classes = point[list(point)[-1]].shape[-1]
            targets = one_hot(targets, classes)
        found = {self.function.arguments[0].name: inputs, second.name: targets}
        for tensor in others:
            if tensor.draw is Draw.CHOICE:
                found[tensor.name] = np.asarray(tensor.of)
            elif tensor.name in point:
                found[tensor.name] = point[tensor.name]
            else:
                found[tensor.name] = np.asarray(float(self.spec.hyperparameters[tensor.name]))
        return found

    def _only(self, results: Slopes) -> Slopes:
        """The gradients among the results; a cost beside them is a number."""
        return {tensor.name: results[tensor.name] for tensor in self.function.results if tensor.axes}


def stretched(slopes: Slopes, point: Parameters) -> Slopes:
    """Gradients as the step of a loop takes them: one number for all entries of a parameter is subtracted from each."""
    if len(slopes) != len(point):
        return slopes
    found = dict(slopes)
    for (name, slope), parameter in zip(slopes.items(), point.values(), strict=True):
        if slope.size == 1:
            found[name] = np.full(parameter.shape, slope.item())
    return found


def _agree(own: Slopes, right: Slopes) -> bool:
    """Whether every tensor is the reference's to float32 tolerance; a bias may lack its axis of length one."""
    return all(
        own[name].size == array.size
        and numerics.agrees(numerics.largest_error(own[name].reshape(array.shape), array), numerics.FLOAT32_TOLERANCE)
        for name, array in right.items()
    )
