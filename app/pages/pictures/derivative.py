"""The derivative of an activation that a student's backward used: their points over the right curve."""

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from app.pages.numbers import plain
from app.pages.pictures.axes import Axis, round_axis
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, line, polyline, text
from grader.messages import activation_name, derivative_sentence
from grader.report import DerivativePoint, UsedDerivative
from grader.translation import gettext as _
from reference.layers import ACTIVATIONS

WIDTH, HEIGHT = 357, 216  # the width of an error map beside it: both are drawn 1:1
LEFT, RIGHT, TOP, BOTTOM = 40, 345, 26, 176
STEPS = 40  # of the right curve, on either side of zero
HIGHEST = 8.0  # times the height of the right curve; a point beyond it is drawn at the edge
BESIDE = 1e-9  # as near to zero as a curve is drawn: at zero itself that of the ReLU has no derivative

Piece = list[tuple[float, float]]


def derivative_curve(used: UsedDerivative) -> Picture:
    """The picture of at least one point; what is right is a dot, what is wrong a cross."""
    name = activation_name(used.activation)
    said = _("The derivative you used over the derivative of {activation}.", activation=name)
    said += " " + derivative_sentence(used)
    across = round_axis([0.0, *(point.x for point in used.points)], LEFT, RIGHT)
    right = _right(used, across.low, across.high)
    up = round_axis(_heights(used, right), BOTTOM, TOP)
    marks: list[Markup] = []
    for level, label in up.ticks:
        marks += [line(LEFT, up.pixel(level), RIGHT, up.pixel(level), "gr")]
        marks += [text(LEFT - 7, up.pixel(level) + 4, label, "e")]
    marks += [text(across.pixel(level), BOTTOM + 16, label, "m") for level, label in across.ticks]
    marks.append(text(RIGHT, HEIGHT - 6, _("{tensor}, given to {activation}", tensor=used.at, activation=name), "t2 e"))
    marks.append(text(2, 11, _("derivative"), "t2"))
    if any(up.clipped(point.yours) != up.pixel(point.yours) for point in used.points if math.isfinite(point.yours)):
        marks.append(text(RIGHT, 11, _("what lies beyond is drawn at the edge"), "e"))
    marks += [polyline([(across.pixel(x), up.pixel(y)) for x, y in piece], "true") for piece in right]
    marks += [_mark(point, across, up) for point in used.points]
    return Picture(drawing(WIDTH, HEIGHT, said, *marks, width=WIDTH, height=HEIGHT), said, _table(used))


def _heights(used: UsedDerivative, right: Sequence[Piece]) -> list[float]:
    """What the upright axis has room for: the right curve, and the student's points as far as they are not far off."""
    heights = [0.0, *(height for piece in right for _, height in piece)]
    most = HIGHEST * max(map(abs, heights)) or 1.0
    yours = [point.yours for point in used.points if math.isfinite(point.yours)]
    return [*heights, *(min(max(height, -most), most) for height in yours)]


def _right(used: UsedDerivative, low: float, high: float) -> list[Piece]:
    """The right curve on either side of zero, where that of the ReLU jumps; through the points themselves for an
    activation of which nothing more is known."""
    kind = ACTIVATIONS.get(used.activation)
    if kind is None:
        return [[(point.x, point.right) for point in used.points]]
    sides = [np.linspace(*ends, STEPS) for ends in ((low, -BESIDE), (BESIDE, high)) if ends[0] < ends[1]]
    return [list(zip(side.tolist(), kind().derivative(side).tolist(), strict=True)) for side in sides]


def _mark(point: DerivativePoint, across: Axis, up: Axis) -> Markup:
    """A dot, or a cross; what is no finite number is a cross at the upper edge."""
    x, y = across.pixel(point.x), up.clipped(point.yours) if math.isfinite(point.yours) else up.top
    if point.wrong:
        return element("path", class_="x", d=f"m{x - 3:.1f} {y - 3:.1f} l6 6 m0 -6 l-6 6")
    return element("circle", class_="you", cx=x, cy=y, r=3.5)


def _table(used: UsedDerivative) -> Table:
    name = activation_name(used.activation)
    return Table(
        _(
            "The derivative of {activation} that your {tensor} uses, at each value of {at}.",
            activation=name,
            tensor=used.tensor,
            at=used.at,
        ),
        (used.at, _("yours"), _("right")),
        tuple((plain(point.x), plain(point.yours), plain(point.right)) for point in used.points),
    )
