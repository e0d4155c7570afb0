"""Do the values that a student's own function gives hear what it is given? A constant is a value of any parameters.

Such a function has lost the points for its values already; a history of what it gives is a record of nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.subject import Subject
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.spec import Draw, Function

Row = Sequence[NDArray[Any]]

TIMES = 8
"""Drawings of the parameters, and of the inputs: that a share of a few examples is the same for all is no chance."""

LEAST_HEARD = 1e-6
"""Share of the reference's spread that is more than rounding: a loss over 10000 examples of another set is heard."""


def own_values(subject: Subject, function: Function, rows: Sequence[Row]) -> list[Mapping[str, FloatArray]]:
    """What the student's own function gives for each row; what cannot be read is left out."""
    if function.name not in subject.student.bindings or not rows:
        return []
    replies = subject.student.call(function.name, rows)
    found = [read(function, reply.value) for reply in replies if isinstance(reply, Returned)]
    return [results.values for results in found if isinstance(results, Tensors)]


def spread_of_own(subject: Subject, function: Function, row: Row, parameters: frozenset[str]) -> float:
    """How far apart the student's own values of drawn parameters lie; 0 where they do not hear them, or no inputs.

    parameters: the names of the arguments that are. Labels need not be heard: who takes the largest probability for
    that of the class has a value of its own.
    """
    rng = subject.rng("own values", function.name)
    inputs = frozenset(tensor.name for tensor in function.arguments if tensor.draw is Draw.NORMAL)
    spreads = []
    for names in (parameters, inputs):
        rows = [_anew(function, row, names, rng) for _ in range(TIMES)]
        mine = _first(own_values(subject, function, rows))
        right = _first([subject.oracle.apply(function, function.answer, tuple(each)) for each in rows])
        if len(mine) < len(rows) or np.ptp(mine) < LEAST_HEARD * np.ptp(right):
            return 0.0
        spreads.append(float(np.ptp(mine)))
    return spreads[0]


def _anew(function: Function, row: Row, names: frozenset[str], rng: np.random.Generator) -> Row:
    return [
        rng.standard_normal(array.shape) if tensor.name in names else array
        for tensor, array in zip(function.arguments, row, strict=True)
    ]


def _first(results: Sequence[Mapping[str, FloatArray]]) -> FloatArray:
    """The first result of each, where it is a finite number."""
    values = [next(iter(each.values())) for each in results]
    return np.array([v.ravel()[0] for v in values if v.size == 1 and np.all(np.isfinite(v))], dtype=np.float64)
