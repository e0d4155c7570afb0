"""Loss or accuracy against the epoch, on the training set and on the test set: the figure of a homework report."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from markupsafe import Markup

from app.pages.numbers import fraction, plain
from app.pages.pictures.axes import Axis, linear_axis, logarithmic_axis, spread_labels
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, line, polyline, text
from grader.report import EpochPoint
from grader.translation import gettext as _
from grader.translation import gettext_noop

WIDTH, HEIGHT = 364, 198
LEFT, RIGHT, TOP, BOTTOM = 36, 272, 10, 162
What = Literal["loss", "accuracy"]
SAID: Mapping[What, str] = {
    "loss": gettext_noop(
        "Loss against the epoch, logarithmic: on the training set from {train_first} to {train_last}; "
        "on the test set from {test_first} to {test_last}."
    ),
    "accuracy": gettext_noop(
        "Accuracy against the epoch: on the training set from {train_first} to {train_last}; "
        "on the test set from {test_first} to {test_last}."
    ),
}
CAPTIONS: Mapping[What, str] = {
    "loss": gettext_noop("Loss at each epoch drawn."),
    "accuracy": gettext_noop("Accuracy at each epoch drawn."),
}


def learning_curve(curve: Sequence[EpochPoint], what: What) -> Picture:
    """Two lines over the epochs looked at; a value that is no finite number is left out of its line."""
    written: Callable[[float], str] = fraction if what == "accuracy" else _short
    train = [(point.epoch, _value(point, "train", what)) for point in curve]
    test = [(point.epoch, _value(point, "test", what)) for point in curve]
    lines = ((_("training set {value}"), train), (_("test set {value}"), test))  # their values come later
    axis = _axis([value for _epoch, value in (*train, *test)], what)
    last = max((point.epoch for point in curve), default=1) or 1
    marks: list[Markup] = []
    for level, label in axis.ticks:
        marks += [line(LEFT, axis.pixel(level), RIGHT, axis.pixel(level), "gr")]
        marks += [text(LEFT - 7, axis.pixel(level) + 4, label, "e")]
    for quarter in range(5):
        x = LEFT + (RIGHT - LEFT) * quarter / 4
        marks.append(text(x, BOTTOM + 16, plain(last * quarter / 4, 3), "m"))
    marks.append(text(RIGHT, HEIGHT - 4, _("epoch"), "e"))
    labels = []
    for (label, points), stroke, ink in zip(lines, ("ref", "you"), ("tr", "ty"), strict=True):
        places = [(LEFT + (RIGHT - LEFT) * e / last, axis.clipped(v)) for e, v in points if axis.shows(v)]
        if not places:
            continue
        marks.append(polyline(places, stroke))
        marks += [element("circle", class_=stroke, cx=x, cy=y, r=2.5) for x, y in places]
        labels.append((places[-1][1], label.format(value=written(points[-1][1])), ink))
    for y, words, class_ in spread_labels(labels, TOP + 4, BOTTOM):
        marks.append(text(RIGHT + 8, y + 4, words, class_))
    said = _(
        SAID[what],
        train_first=written(train[0][1]),
        train_last=written(train[-1][1]),
        test_first=written(test[0][1]),
        test_last=written(test[-1][1]),
    )
    rows = tuple(
        (str(point.epoch), written(_value(point, "train", what)), written(_value(point, "test", what)))
        for point in curve
    )
    table = Table(_(CAPTIONS[what]), (_("epoch"), _("training set"), _("test set")), rows)
    return Picture(drawing(WIDTH, HEIGHT, said, *marks), said, table)


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
