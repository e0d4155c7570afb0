"""Loss or accuracy against the epoch, on the training set and on the test set: the figure of a homework report."""

import math
from collections.abc import Callable, Sequence
from typing import Literal

from markupsafe import Markup

from app.pages.numbers import fraction, plain
from app.pages.pictures.axes import Axis, linear_axis, logarithmic_axis, spread_labels
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, line, polyline, text
from grader.report import EpochPoint

WIDTH, HEIGHT = 364, 198
LEFT, RIGHT, TOP, BOTTOM = 36, 272, 10, 162
What = Literal["loss", "accuracy"]


def learning_curve(curve: Sequence[EpochPoint], what: What) -> Picture:
    """Two lines over the epochs looked at; a value that is no finite number is left out of its line."""
    written: Callable[[float], str] = fraction if what == "accuracy" else _short
    lines = {
        "training set": [(point.epoch, _value(point, "train", what)) for point in curve],
        "test set": [(point.epoch, _value(point, "test", what)) for point in curve],
    }
    axis = _axis([value for points in lines.values() for _, value in points], what)
    last = max((point.epoch for point in curve), default=1) or 1
    marks: list[Markup] = []
    for level, label in axis.ticks:
        marks += [line(LEFT, axis.pixel(level), RIGHT, axis.pixel(level), "gr")]
        marks += [text(LEFT - 7, axis.pixel(level) + 4, label, "e")]
    for quarter in range(5):
        x = LEFT + (RIGHT - LEFT) * quarter / 4
        marks.append(text(x, BOTTOM + 16, plain(last * quarter / 4, 3), "m"))
    marks.append(text(RIGHT, HEIGHT - 4, "epoch", "e"))
    labels = []
    for (name, points), stroke, ink in zip(lines.items(), ("ref", "you"), ("tr", "ty"), strict=True):
        places = [(LEFT + (RIGHT - LEFT) * e / last, axis.clipped(v)) for e, v in points if axis.shows(v)]
        if not places:
            continue
        marks.append(polyline(places, stroke))
        marks += [element("circle", class_=stroke, cx=x, cy=y, r=2.5) for x, y in places]
        labels.append((places[-1][1], f"{name} {written(points[-1][1])}", ink))
    for y, words, class_ in spread_labels(labels, TOP + 4, BOTTOM):
        marks.append(text(RIGHT + 8, y + 4, words, class_))
    said = f"{what.capitalize()} against the epoch{', logarithmic' if axis.logarithmic else ''}: " + "; ".join(
        f"on the {name} from {written(points[0][1])} to {written(points[-1][1])}" for name, points in lines.items()
    )
    rows = tuple(
        (str(point.epoch), written(_value(point, "train", what)), written(_value(point, "test", what)))
        for point in curve
    )
    table = Table(f"{what.capitalize()} at each epoch drawn.", ("epoch", "training set", "test set"), rows)
    return Picture(drawing(WIDTH, HEIGHT, f"{said}.", *marks), f"{said}.", table)


def _axis(values: Sequence[float], what: What) -> Axis:
    finite = [value for value in values if math.isfinite(value) and value > 0]
    if what == "loss":
        return logarithmic_axis(finite, BOTTOM, TOP)
    return linear_axis(0.8 if finite and min(finite) >= 0.8 else 0.0, 1.0, BOTTOM, TOP)


def _value(point: EpochPoint, part: Literal["train", "test"], what: What) -> float:
    if what == "loss":
        return point.train_loss if part == "train" else point.test_loss
    return point.train_accuracy if part == "train" else point.test_accuracy


def _short(value: float) -> str:
    return plain(value, 3)
