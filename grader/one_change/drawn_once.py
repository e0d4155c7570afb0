"""Probes that are drawn once: the same are asked of every change."""

import numpy as np

from grader.checks.subject import Draw
from grader.probes import Probe, ordinary_probes
from reference.spec import Function


class DrawnOnce:
    """Remembers the ordinary probes of a function by the state of the generator that they were drawn from."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str], tuple[Probe, ...]] = {}

    def first(self, count: int | None) -> Draw:
        """What draws the first `count` probes; all of them for None."""

        def draw(function: Function, rng: np.random.Generator) -> tuple[Probe, ...]:
            key = function.name, str(rng.bit_generator.state)
            if key not in self._drawn:
                self._drawn[key] = ordinary_probes(function, rng)
            return self._drawn[key][:count]

        return draw
