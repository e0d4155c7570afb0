"""One figure of a benchmark, and how figures are made of samples."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`name value unit`, as one line. at_most, at_least: what the project promises, None where it promises nothing."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    def line(self) -> str:
        """The line that programs read: three words."""
        return f"{self.name} {self.value:.4g} {self.unit}"

    def held(self) -> bool | None:
        """Whether the promise is kept; None where there is none. NaN keeps no promise."""
        if self.at_most is None and self.at_least is None:
            return None
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    def promise(self) -> str:
        """The promise in words."""
        if self.at_most is not None:
            return f"at most {self.at_most:g} {self.unit}"
        return f"at least {self.at_least:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A line for people: the machine, a peer that was left out and why."""

    text: str

    def line(self) -> str:
        """The line, which programs skip."""
        return f"# {self.text}"


def percentile(samples: Sequence[float], percent: float) -> float:
    """The smallest sample that so many percent of all do not exceed (nearest rank, so it is always one of them)."""
    if not samples:
        return math.nan
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def median(samples: Sequence[float]) -> float:
    """The median by nearest rank."""
    return percentile(samples, 50)
