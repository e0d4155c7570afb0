"""Refuses an assignment in which somebody who computes nothing earns points for values.

Who computes nothing returns zeros or other constants, or what comes of the parameters alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.batch_laws import has_batch
from grader.checks import CHECKS
from grader.checks.subject import Subject
from grader.exchanges import DATA
from grader.naming import Binding
from grader.oracle import Oracle
from grader.sandbox import Call, Loaded, Reply, Returned
from grader.sandbox.inside.wire import Definition, Value
from grader.student import Student
from grader.unknown_names import unknown_names
from reference.catalog import AssignmentFolder
from reference.spec import Action, Cases, Forward, Function, Gradient, Property, Stability

FILLS: Mapping[str, float] = {"zeros": 0.0, "ones": 1.0, "constants": 0.5}
DEAF = "answers without the data"
SEED = "public:vacuity"


def vacuous(folder: AssignmentFolder) -> tuple[str, ...]:
    """One reason for each check of values that these pass, all or in part; a rule of reference.catalog.

    Laws and cases that there are not come first: without them nothing can be tried.
    """
    return tuple(unknown_names(folder)) or tuple(_reasons(folder))


def _reasons(folder: AssignmentFolder) -> Iterator[str]:
    bindings = {f.name: Binding(f, Definition(f.name, 1, 1), (f.answer,)) for f in folder.assignment.functions}
    oracle = Oracle(folder.answers)
    students: Mapping[str, Constant] = {
        **{name: Filled(_Nobody(), bindings, oracle=oracle, fill=fill) for name, fill in FILLS.items()},
        DEAF: Deaf(_Nobody(), bindings, oracle=oracle),
    }
    for name, student in students.items():
        subject = Subject(folder.assignment, student, student.oracle, SEED, lambda: 0.0, points_only=True)
        for part in folder.assignment.parts:
            for spec in part.checks:
                if not isinstance(spec, Forward | Stability | Cases | Property | Gradient):
                    continue
                if not student.tries(folder.assignment.function(spec.function)):
                    continue
                with np.errstate(all="ignore"):
                    given = CHECKS[type(spec)][1](spec, subject).result.points.given
                if given:
                    yield f"part {part.name!r}, {type(spec).__name__} of {spec.function}: {name} earn {given:g} points"


class _Nobody:
    """A Session that runs nothing: Constant answers in its place."""

    loaded = Loaded(())
    printed = ""

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Nothing is ever asked of it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Student):
    """A student whose functions give arrays of the right shapes, and have looked at no data."""

    oracle: Oracle

    def tries(self, function: Function) -> bool:
        """Whether this is one who computes nothing of the function."""
        raise NotImplementedError

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
        """One reply for each list of arguments."""
        asked = self.bindings[function].function
        return [Returned(self._value(asked, row), tuple(row) if echo else ()) for row in arguments]

    def _value(self, function: Function, row: Sequence[NDArray[Any]]) -> Value:
        results = tuple(self._arrays(function, row))
        return results if len(results) > 1 else results[0]

    def _arrays(self, function: Function, row: Sequence[NDArray[Any]]) -> Iterator[NDArray[Any]]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Constant):
    """Every entry is one number."""

    fill: float

    def tries(self, function: Function) -> bool:
        """Every function."""
        return True

    def _arrays(self, function: Function, row: Sequence[NDArray[Any]]) -> Iterator[NDArray[Any]]:
        right = self.oracle.apply(function, function.answer, tuple(row))
        return (np.full(value.shape, self.fill) for value in right.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaf(Constant):
    """The right answers for data of zeros: of a loss that is the regularisation alone, the gradient is right."""

    def tries(self, function: Function) -> bool:
        """One of examples and parameters: of others these answers may be right, or are constants."""
        return has_batch(function) and any(t.axes and t.draw not in DATA for t in function.arguments)

    def _arrays(self, function: Function, row: Sequence[NDArray[Any]]) -> Iterator[NDArray[Any]]:
        pairs = zip(function.arguments, row, strict=True)
        silent = tuple(np.zeros_like(array) if tensor.draw in DATA else array for tensor, array in pairs)
        return iter(self.oracle.apply(function, function.answer, silent).values())
