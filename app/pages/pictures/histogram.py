"""How the scores of a class are spread: bars of equal width, the median dashed and named."""

import math
from collections.abc import Sequence
from statistics import median

from markupsafe import Markup

from app.pages.numbers import points
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, line, text
from grader.translation import gettext as _
from grader.translation import ngettext

WIDTH, HEIGHT = 364, 160
LEFT, RIGHT, TOP, BOTTOM = 30, 356, 20, 140
BINS = 20


def histogram(scores: Sequence[float], maximum: float) -> Picture:
    """Best scores (at least one) in 20 ranges from 0 to `maximum` points; the last range includes its end."""
    step = maximum / BINS
    counts = [0] * BINS
    for score in scores:
        counts[min(max(int(score / step), 0), BINS - 1)] += 1
    middle = median(scores)
    finding = ngettext(
        "Histogram of the best score of {n} student in steps of {step} points. "
        "The median is {median}; the lowest is {lowest}, the highest {highest} of {maximum}.",
        "Histogram of the best score of {n} students in steps of {step} points. "
        "The median is {median}; the lowest is {lowest}, the highest {highest} of {maximum}.",
        len(scores),
        n=len(scores),
        step=points(step),
        median=points(middle),
        lowest=points(min(scores)),
        highest=points(max(scores)),
        maximum=points(maximum),
    )
    ranges = tuple((_range(i * step, (i + 1) * step), str(count)) for i, count in enumerate(counts))
    caption = _("Students for each range of {step} points.", step=points(step))
    table = Table(caption, (_("score"), _("students")), ranges)
    marks = [*_grid(counts, maximum), *_bars(counts), *_median(middle, maximum)]
    return Picture(drawing(WIDTH, HEIGHT, finding, *marks), finding, table)


def _range(low: float, high: float) -> str:
    return _("{low} to {high}", low=points(low), high=points(high))


def _grid(counts: list[int], maximum: float) -> list[Markup]:
    marks: list[Markup] = []
    for level in _levels(max(counts)):
        y = _y(level, counts)
        marks += [line(LEFT, y, RIGHT, y, "gr"), text(LEFT - 6, y + 4, str(level), "e")]
    for quarter in range(5):
        x = LEFT + (RIGHT - LEFT) * quarter / 4
        marks.append(text(x, BOTTOM + 17, points(maximum * quarter / 4), "m" if quarter < 4 else "e"))
    return marks


def _bars(counts: list[int]) -> list[Markup]:
    width = (RIGHT - LEFT) / BINS
    return [
        element(
            "rect",
            class_="bar",
            x=LEFT + i * width + 1,
            y=_y(n, counts),
            width=width - 2,
            height=BOTTOM - _y(n, counts),
        )
        for i, n in enumerate(counts)
        if n
    ]


def _median(middle: float, maximum: float) -> list[Markup]:
    x = LEFT + (RIGHT - LEFT) * middle / maximum
    left_of_line = x > (LEFT + RIGHT) / 2
    words = _("median {score}", score=points(middle))
    label = text(x - 5 if left_of_line else x + 5, 13, words, "t2 e" if left_of_line else "t2")
    return [line(x, 8, x, BOTTOM, "thr"), label]


def _levels(tallest: int) -> list[int]:
    """Two to five round gridlines from 0 to at least `tallest` students."""
    step = max(1, 10 ** math.floor(math.log10(max(tallest, 1))))
    for factor in (1, 2, 5, 10):
        if tallest <= 4 * step * factor:
            step *= factor
            break
    return list(range(0, tallest + step, step))


def _y(count: int, counts: list[int]) -> float:
    return BOTTOM - (BOTTOM - TOP) * count / _levels(max(counts))[-1]
