"""Vertical axes of a chart and the labels at the ends of its lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.numbers import plain

LABEL_HEIGHT = 13.0  # pixels between the baselines of two labels of 11 px text


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps values to pixels: `low` at pixel `bottom`, `high` at pixel `top`. `ticks` are (value, label)."""

    low: float
    high: float
    bottom: float
    top: float
    logarithmic: bool
    ticks: tuple[tuple[float, str], ...]

    def shows(self, value: float) -> bool:
        """Whether `value` has a place on this axis at all: finite, and positive where the axis is logarithmic."""
        return math.isfinite(value) and (value > 0 or not self.logarithmic)

    def pixel(self, value: float) -> float:
        """The height of `value` in pixels from the top of the drawing."""
        low, high, at = (
            (math.log10(v) for v in (self.low, self.high, value))
            if self.logarithmic
            else (
                self.low,
                self.high,
                value,
            )
        )
        return self.bottom - (self.bottom - self.top) * (at - low) / (high - low)

    def clipped(self, value: float) -> float:
        """As pixel(), held between the ends of the axis."""
        return min(max(self.pixel(value), self.top), self.bottom)

    def inside(self, pixel: float) -> bool:
        """Whether a height lies strictly above the lower end, so that a mark there is not a clipped one."""
        return pixel < self.bottom


def linear_axis(low: float, high: float, bottom: float, top: float) -> Axis:
    """An axis for fractions of 1 with five ticks."""
    values = [low + (high - low) * quarter / 4 for quarter in range(5)]
    ticks = tuple((value, "0" if value == 0 else f"{value:.2f}".removeprefix("0")) for value in values)
    return Axis(low, high, bottom, top, logarithmic=False, ticks=ticks)


def round_axis(values: Sequence[float], bottom: float, top: float) -> Axis:
    """An axis over finite `values` that begins and ends at a tick, at most six of them, at round numbers."""
    smallest, largest = min(values), max(values)
    raw = max(largest - smallest, 1e-9) / 5
    decade = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * decade for factor in (1, 2, 5, 10) if factor * decade >= raw * (1 - 1e-9))
    first, last = math.floor(smallest / step + 1e-9), math.ceil(largest / step - 1e-9)
    last = max(last, first + 1)
    ticks = tuple((number * step, plain(number * step, 3)) for number in range(first, last + 1))
    return Axis(first * step, last * step, bottom, top, logarithmic=False, ticks=ticks)


def logarithmic_axis(values: Sequence[float], bottom: float, top: float) -> Axis:
    """An axis over positive `values` with ticks at 1, 2 and 5 times powers of ten (fewer when they span much)."""
    smallest, largest = (min(values), max(values)) if values else (0.1, 1.0)
    low, high = smallest / 1.25, max(largest * 1.1, smallest * 2)
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    factors = (1, 2, 5) if len(decades) <= 4 else (1,)
    ticks = [factor * 10.0**decade for decade in decades for factor in factors]
    step = math.ceil(len(decades) / 8)
    inside = [value for value in ticks if low <= value <= high][:: step if len(factors) == 1 else 1]
    return Axis(low, high, bottom, top, logarithmic=True, ticks=tuple((value, f"{value:g}") for value in inside))


def spread_labels(labels: Sequence[tuple[float, str, str]], top: float, bottom: float) -> list[tuple[float, str, str]]:
    """Labels (height, words, class) moved apart until none touches another, in order, within [top, bottom]."""
    ordered = sorted(labels)
    wanted = [height for height, _, _ in ordered]
    heights = list(wanted)
    for index in range(1, len(heights)):
        heights[index] = max(heights[index], heights[index - 1] + LABEL_HEIGHT)
    if heights:
        # Pushed down only; moving all up by the average push keeps a crowd centred on what it names.
        shift = (sum(heights) - sum(wanted)) / len(heights)
        shift += max(0.0, heights[-1] - shift - bottom)
        heights = [max(height - shift, top + LABEL_HEIGHT * index) for index, height in enumerate(heights)]
    return [(height, words, class_) for height, (_, words, class_) in zip(heights, ordered, strict=True)]
