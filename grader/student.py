"""A student's functions as the checks see them: called by the assignment's names, rows in, rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from grader import recipe as recipes
from grader.naming import Binding
from grader.oracle import given
from grader.sandbox import Call, Reply, Returned, Session
from grader.sandbox.inside.wire import Value
from reference.spec import Action, Function, Tensor

Given = TypeVar("Given")

REPLY_FACTOR = 64
"""A reply may carry this many times the bytes of the arguments, or SMALLEST_REPLY: wrong shapes stay readable."""

SMALLEST_REPLY = 1 << 18

MOST_BEYOND = 1 << 22
"""Bytes that a reply may carry beyond those of the arguments: what is held in memory for a student stays small."""


class Layout(StrEnum):
    """Whether batches are rows, as asked, or columns: z = w x + b with all transposed, or z = w^T x + b."""

    ROWS = "rows"
    COLUMNS = "columns"
    COLUMN_BATCHES = "columns, weights as asked"


@dataclass(frozen=True, slots=True)
class Student:
    """One session and the functions found in its file."""

    session: Session
    bindings: Mapping[str, Binding]
    layout: Layout = Layout.ROWS

    def call(
        self,
        function: str,
        arguments: Sequence[Sequence[NDArray[Any]]],
        *,
        more: Mapping[str, float | int] | None = None,
        echo: bool = False,
        seeds: Sequence[int] | None = None,
        wall_seconds: float | None = None,
        recipe: tuple[Action, ...] = (),
    ) -> list[Reply]:
        """Call `function` (the assignment's name) once for each list of arguments; one reply each.

        recipe: how, where that is not the function's own way.
        more: further scalar arguments, by keyword where the student's parameters have these names, else by position.
        seeds: of the global random generators inside, one a call; 0 otherwise.
        """
        binding = self.bindings[function]
        more = more or {}
        named = set(more) <= set(binding.definition.parameters)
        names = tuple(tensor.name for tensor in binding.function.arguments)
        calls = [
            Call(
                binding.spelling,
                () if named else tuple(more.values()),
                dict(more) if named else {},
                names=() if named else tuple(more),
                echo=echo,
                seed=seeds[index] if seeds else 0,
                reply_bytes=_reply_bytes(sum(array.nbytes for array in row)),
                wall_seconds=wall_seconds,
            )
            for index, row in enumerate(arguments)
        ]
        steps = recipe or binding.function.recipe
        if steps:
            return self._followed(binding, steps, arguments, calls)
        calls = [
            replace(
                call,
                arguments=(*_in_order(binding, self._given(row, binding)), *call.arguments),
                names=(*_in_order(binding, names), *call.names),
            )
            for call, row in zip(calls, arguments, strict=True)
        ]
        replies = [_as_asked(binding, reply) for reply in self.session.run(calls)]
        return [self._restored(reply, binding.function) for reply in replies]

    def _followed(
        self,
        binding: Binding,
        steps: tuple[Action, ...],
        arguments: Sequence[Sequence[NDArray[Any]]],
        calls: Sequence[Call],
    ) -> list[Reply]:
        """The steps of every row as one call; one reply a row. An attribute that is not there costs no other result."""
        tensors = binding.function.arguments
        names = [tensor.name for tensor in tensors]
        values = [dict(zip(names, map(self._turned, row, tensors), strict=True)) for row in arguments]
        classes = recipes.class_spellings(self.bindings.values())
        absent: list[Action] = []
        while True:
            made = [recipes.calls(binding, steps, row, call, classes) for row, call in zip(values, calls, strict=True)]
            replies = self.session.run([_in_turn(call, row) for call, row in zip(calls, made, strict=True)])
            lacking = recipes.unread(steps, replies) if sum(bool(action.result) for action in steps) > 1 else None
            if lacking is None:
                break
            absent.append(lacking)
            steps = tuple(action for action in steps if action is not lacking)
        return [
            recipes.one_reply(binding.function, steps, calls_made, reply, row, absent)
            for calls_made, reply, row in zip(made, replies, arguments, strict=True)
        ]

    def _given(self, row: Sequence[NDArray[Any]], binding: Binding) -> list[Value]:
        return list(map(self._turned, row, binding.function.arguments))

    def _turned(self, array: NDArray[Any], tensor: Tensor) -> Value:
        if not array.ndim:
            return cast(Value, given(array))
        return np.ascontiguousarray(array.T) if self._turns(tensor) else array

    def _turns(self, tensor: Tensor) -> bool:
        """Whether the student has this tensor transposed; weights are the tensors with neither a batch nor a 1."""
        weights = not {"N", "1"} & set(tensor.axes)
        return self.layout is Layout.COLUMNS or (self.layout is Layout.COLUMN_BATCHES and not weights)

    def _restored(self, reply: Reply, function: Function) -> Reply:
        if self.layout is Layout.ROWS or not isinstance(reply, Returned):
            return reply
        arguments = [self._back(*pair) for pair in zip(reply.arguments, function.arguments, strict=False)]
        further = reply.arguments[len(arguments) :]
        return Returned(self._results(reply.value, function), (*arguments, *further), reply.seconds)

    def _back(self, value: Value, tensor: Tensor) -> Value:
        return value.T if isinstance(value, np.ndarray) and self._turns(tensor) else value

    def _results(self, value: Value, function: Function) -> Value:
        """What the function gave, as rows: one tensor, several in their order, or a dict of them."""
        if self.layout is Layout.COLUMNS:
            return _transposed(value)
        tensors = function.results
        if isinstance(value, dict):
            keys = {tensor.key or tensor.name: tensor for tensor in tensors}
            return {key: self._back(entry, keys[key]) if key in keys else entry for key, entry in value.items()}
        if isinstance(value, (tuple, list)) and len(value) == len(tensors):
            return type(value)(map(self._back, value, tensors))
        return self._back(value, tensors[0])


def _reply_bytes(asked: int) -> int:
    return max(SMALLEST_REPLY, min(REPLY_FACTOR * asked, asked + MOST_BEYOND))


def _in_turn(call: Call, steps: Sequence[Call]) -> Call:
    """One call with these steps; its reply may carry what all of them were given."""
    arrays = [value for step in steps for value in step.arguments if isinstance(value, np.ndarray)]
    size = _reply_bytes(sum(array.nbytes for array in arrays))
    return Call(call.target, operation="steps", steps=tuple(steps), reply_bytes=size, wall_seconds=call.wall_seconds)


def _in_order(binding: Binding, values: Sequence[Given]) -> Sequence[Given]:
    """The arguments, or their names, as the student's parameters stand."""
    return [values[number] for number in binding.order] if binding.order else values


def _as_asked(binding: Binding, reply: Reply) -> Reply:
    """A reply with its arguments in the order asked for."""
    if not binding.order or not isinstance(reply, Returned) or len(reply.arguments) < len(binding.order):
        return reply
    back = [reply.arguments[binding.order.index(number)] for number in range(len(binding.order))]
    return replace(reply, arguments=(*back, *reply.arguments[len(back) :]))


def _transposed(value: Value) -> Value:
    if isinstance(value, np.ndarray):
        return value.T
    if isinstance(value, (tuple, list)):
        return type(value)(map(_transposed, value))
    if isinstance(value, dict):
        return {key: _transposed(entry) for key, entry in value.items()}
    return value
