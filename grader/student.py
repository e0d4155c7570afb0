"""A student's functions as the checks see them: called by the assignment's names, rows in, rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from grader.naming import Binding
from grader.oracle import given
from grader.sandbox import Call, Reply, Returned, Session
from grader.sandbox.inside.wire import Value

REPLY_FACTOR = 64
"""A reply may carry this many times the bytes of the arguments, or SMALLEST_REPLY: wrong shapes stay readable."""

SMALLEST_REPLY = 1 << 18


class Layout(StrEnum):
    """Whether batches are rows, as asked, or columns."""

    ROWS = "rows"
    COLUMNS = "columns"


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
    ) -> list[Reply]:
        """Call `function` (the assignment's name) once for each list of arguments; one reply each.

        more: further scalar arguments, by keyword where the student's parameters have these names, else by position.
        seeds: of the global random generators inside, one a call; 0 otherwise.
        """
        binding = self.bindings[function]
        more = more or {}
        named = set(more) <= set(binding.definition.parameters)
        calls = [
            Call(
                binding.spelling,
                (*(self._turned(array) for array in row), *(() if named else more.values())),
                dict(more) if named else {},
                echo=echo,
                seed=seeds[index] if seeds else 0,
                reply_bytes=max(SMALLEST_REPLY, REPLY_FACTOR * sum(array.nbytes for array in row)),
                wall_seconds=wall_seconds,
            )
            for index, row in enumerate(arguments)
        ]
        return [self._restored(reply) for reply in self.session.run(calls)]

    def _turned(self, array: NDArray[Any]) -> Value:
        if not array.ndim:
            return cast(Value, given(array))
        return np.ascontiguousarray(array.T) if self.layout is Layout.COLUMNS else array

    def _restored(self, reply: Reply) -> Reply:
        if self.layout is Layout.ROWS or not isinstance(reply, Returned):
            return reply
        return Returned(_transposed(reply.value), tuple(map(_transposed, reply.arguments)), reply.seconds)


def _transposed(value: Value) -> Value:
    if isinstance(value, np.ndarray):
        return value.T
    if isinstance(value, tuple):
        return tuple(map(_transposed, value))
    if isinstance(value, list):
        return [_transposed(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _transposed(entry) for key, entry in value.items()}
    return value
