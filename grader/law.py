"""A law that the right function keeps whatever its formula: what is compared is the student's own results.

Zeros and constants keep many of them, and so does what is made of the parameters alone. So a law holds only for a
function whose results vary, and differ where the data do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader import numerics
from grader.probes import FloatArray, Probe
from grader.report import Diagnosis
from reference.spec import Function

Results = Mapping[str, FloatArray]

LAW_TOLERANCE = 1e-5
"""Relative to the largest entry: as for values, so that float32 inside a function keeps every law."""


@dataclass(frozen=True, slots=True)
class Law:
    """probes: what is asked. error: how far the results are from the law, relative; the first and the last probe have
    other data, so their results must differ. code: of the diagnosis where nothing more is known. cause: a code that the
    results themselves show, with its evidence."""

    code: str
    probes: Callable[[Function, np.random.Generator], Sequence[Probe]]
    error: Callable[[Sequence[Results]], float]
    cause: Callable[[Sequence[Results]], Diagnosis | None] = lambda results: None

    def holds(self, results: Sequence[Results]) -> bool:
        """Whether the law holds and says something; NaN does not."""
        first, last = results[0], results[-1]
        varied = all(
            (values.size == 1 or np.ptp(values) > 0) and far(values, last[name]) > 0 for name, values in first.items()
        )
        return varied and numerics.agrees(self.error(results), LAW_TOLERANCE)


def far(one: FloatArray, other: FloatArray) -> float:
    """How far two arrays differ, relative; NaN where their shapes do."""
    return numerics.largest_error(one, other) if one.shape == other.shape else float("nan")


def all_far(one: Results, other: Results) -> float:
    """The largest of all results."""
    return largest(far(one[name], other[name]) for name in one)


def largest(errors: Iterable[float]) -> float:
    """The largest; NaN if one is, which Python's own max would lose."""
    return float(np.max(list(errors)))
