"""Is a student's own forward one in which a derivative shows, or are its signs made of nothing it is given?

Where units are on or off by their places alone, the derivative of a ReLU is a constant, and a backward without one
would be right given that forward.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grader.checks.subject import Subject
from grader.exchanges import DATA
from grader.probes import Probe, Setting, values
from grader.results import FloatArray
from reference.spec import Draw, Function

DRAWN = DATA | {Draw.WEIGHTS, Draw.BIAS}
"""What the sign of a unit may depend on. Of inputs divided by 255 it depends on the bias alone, and yet it shows."""

LEAST_TURNED = 0.25
"""Share of the signs that other arguments turn in the reference, that they must turn in a student's own values. Wrong
forward passes that use their arguments turn nearly as many or more; one in which a few units do turns next to none."""


def with_others(subject: Subject, function: Function, probes: Sequence[Probe]) -> list[Probe]:
    """Each probe with other data and other parameters of the same sizes, in the same order."""
    rng = subject.rng("sacrificed", function.name)
    return [subject.settled(function, _drawn_anew(function, probe, rng)) for probe in probes]


def follows(mine: tuple[FloatArray, FloatArray], theirs: tuple[FloatArray, FloatArray]) -> bool:
    """Whether the signs of a student's own values turn with the arguments as the reference's do; each before, after."""
    return _turned(*mine) >= LEAST_TURNED * _turned(*theirs)  # NaN follows nothing


def _drawn_anew(function: Function, probe: Probe, rng: np.random.Generator) -> Probe:
    setting = Setting(probe.name, probe.scale, probe.sizes)
    drawn = {each.name: values(each, setting, rng) for each in function.arguments if each.draw in DRAWN}
    return replace(probe, arguments={**probe.arguments, **drawn})


def _turned(before: FloatArray, after: FloatArray) -> float:
    """The share of entries whose sign is another one; NaN where there are none to compare."""
    if before.shape != after.shape or not before.size:
        return float("nan")
    return float(np.mean((before > 0) != (after > 0)))
