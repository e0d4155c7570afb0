"""Refuses an assignment in which somebody who computes nothing earns points for values: zeros or other constants."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks import CHECKS
from grader.checks.subject import Subject
from grader.naming import Binding
from grader.oracle import Oracle
from grader.sandbox import Call, Loaded, Reply, Returned
from grader.sandbox.inside.wire import Definition, Value
from grader.student import Student
from reference.catalog import AssignmentFolder
from reference.spec import Action, Cases, Forward, Function, Gradient, Property, Stability

FILLS: Mapping[str, float] = {"zeros": 0.0, "ones": 1.0, "constants": 0.5}
SEED = "public:vacuity"


def vacuous(folder: AssignmentFolder) -> tuple[str, ...]:
    """One reason for each check of values that constants pass, all or in part; a rule of reference.catalog."""
    return tuple(_reasons(folder))


def _reasons(folder: AssignmentFolder) -> Iterator[str]:
    bindings = {f.name: Binding(f, Definition(f.name, 1, 1), (f.answer,)) for f in folder.assignment.functions}
    for name, fill in FILLS.items():
        student = Constant(_Nobody(), bindings, oracle=Oracle(folder.answers), fill=fill)
        subject = Subject(folder.assignment, student, student.oracle, SEED, lambda: 0.0)
        for part in folder.assignment.parts:
            for spec in part.checks:
                if not isinstance(spec, Forward | Stability | Cases | Property | Gradient):
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
    """A student whose functions give arrays of the right shapes, filled with one number."""

    oracle: Oracle
    fill: float

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
        """One reply for each list of arguments; only the shapes of the right answers are used."""
        asked = self.bindings[function].function
        return [Returned(self._value(asked, row), tuple(row) if echo else ()) for row in arguments]

    def _value(self, function: Function, row: Sequence[NDArray[Any]]) -> Value:
        right = self.oracle.apply(function, function.answer, tuple(row))
        filled = tuple(np.full(value.shape, self.fill) for value in right.values())
        return filled if len(filled) > 1 else filled[0]
