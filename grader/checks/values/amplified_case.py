"""One question whose answer loses its digits where derivatives are measured, and how far an answer to it is off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from grader.probes import Probe
from grader.results import FloatArray

TOLERANCE = 1e-4
"""Relative error that says "measured": float32 computes these entries to 1e-5, difference quotients to 1e-3 at best."""


@dataclass(frozen=True, slots=True)
class Case:
    """A probe, the tensor that is looked at in it, and how far yours is from the right one: 1 is all of it."""

    probe: Probe
    tensor: str
    error: Callable[[FloatArray, FloatArray], float]


def changed(probe: Probe, arguments: Mapping[str, FloatArray]) -> Probe:
    """The probe with some arguments replaced."""
    return replace(probe, arguments={**probe.arguments, **arguments})
