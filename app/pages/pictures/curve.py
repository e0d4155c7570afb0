"""Learning curves: the student's over the reference's on the same data, and the band where correct code ends."""

import math
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from app.pages.numbers import fraction, plain
from app.pages.pictures.axes import Axis, linear_axis, logarithmic_axis, spread_labels
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, line, polyline, text
from grader.report import EpochPoint, TrainingResult
from grader.translation import gettext as _
from grader.translation import gettext_noop

WIDTH, HEIGHT = 364, 198
LEFT, RIGHT, TOP, BOTTOM = 36, 286, 10, 162
Value = Callable[[EpochPoint], float]
Said = Mapping[tuple[bool, bool], str]
"""What the curves show in words, by whether there is one of the student and one of the reference."""

LOSS_SAID: Said = {
    (True, True): gettext_noop(
        "Loss on the test set against the epoch, logarithmic: yours falls from {first} to {last}; "
        "the reference ends at {reference}."
    ),
    (True, False): gettext_noop(
        "Loss on the test set against the epoch, logarithmic: yours falls from {first} to {last}."
    ),
    (False, True): gettext_noop(
        "Loss on the test set against the epoch, logarithmic: the reference ends at {reference}."
    ),
    (False, False): gettext_noop("Loss on the test set against the epoch, logarithmic."),
}
ACCURACY_SAID: Said = {
    (True, True): gettext_noop(
        "Accuracy on the test set against the epoch: yours goes from {first} to {last}; "
        "the reference ends at {reference}."
    ),
    (True, False): gettext_noop("Accuracy on the test set against the epoch: yours goes from {first} to {last}."),
    (False, True): gettext_noop("Accuracy on the test set against the epoch: the reference ends at {reference}."),
    (False, False): gettext_noop("Accuracy on the test set against the epoch."),
}


def loss_curve(training: TrainingResult) -> Picture:
    """Test loss in nats against the epoch, on a logarithmic axis."""
    values = [point.test_loss for point in (*training.curve, *training.reference_curve)]
    axis = logarithmic_axis([value for value in values if math.isfinite(value) and value > 0], BOTTOM, TOP)
    said = _ends(LOSS_SAID, training, _loss, _short_loss)
    table = _table(_("Test loss in nats at each epoch drawn."), training, _loss, lambda value: plain(value, 4))
    marks = _marks(training, _loss, axis, _short_loss, None)
    return Picture(drawing(WIDTH, HEIGHT, said, *marks), said, table)


def accuracy_curve(training: TrainingResult) -> Picture:
    """Test accuracy against the epoch; the axis starts at .80 where every final value lies well above, and says so."""
    finals = [points[-1].test_accuracy for points in (training.curve, training.reference_curve) if points]
    low = 0.8 if min([training.threshold, *finals]) >= 0.83 else 0.0  # NaN compares false: the whole axis is shown
    axis = linear_axis(low, 1.0, BOTTOM, TOP)
    said = _ends(ACCURACY_SAID, training, _accuracy, fraction)
    said += " " + _(
        "The threshold is {threshold}: correct code ends in the band above it with probability above {probability}.",
        threshold=_threshold(training),
        probability=fraction(training.correct_passes),
    )
    table = _table(_("Test accuracy at each epoch drawn."), training, _accuracy, fraction)
    marks = _marks(training, _accuracy, axis, fraction, training.threshold)
    if low and any(point.test_accuracy < low for point in training.curve):
        marks.append(text((LEFT + RIGHT) / 2, BOTTOM - 6, _("earlier epochs are below .80"), "m"))
    return Picture(drawing(WIDTH, HEIGHT, said, *marks), said, table)


def _marks(
    training: TrainingResult, value: Value, axis: Axis, short: Callable[[float], str], threshold: float | None
) -> list[Markup]:
    last = max([point.epoch for point in (*training.curve, *training.reference_curve)], default=1) or 1
    marks: list[Markup] = []
    for level, label in axis.ticks:
        marks += [line(LEFT, axis.pixel(level), RIGHT, axis.pixel(level), "gr")]
        marks += [text(LEFT - 7, axis.pixel(level) + 4, label, "e")]
    for quarter in range(5):
        epoch = last * quarter / 4
        marks.append(text(LEFT + (RIGHT - LEFT) * quarter / 4, BOTTOM + 16, plain(epoch, 3), "m"))
    marks.append(text(RIGHT, HEIGHT - 4, _("epoch"), "e"))
    labels: list[tuple[float, str, str]] = []
    if threshold is not None:
        top = axis.clipped(1.0)
        height = max(0.0, axis.clipped(threshold) - top)
        marks.append(element("rect", class_="band", x=LEFT, y=top, width=RIGHT - LEFT, height=height))
        marks.append(line(LEFT, axis.pixel(threshold), RIGHT, axis.pixel(threshold), "thr"))
        labels.append((axis.pixel(threshold), _("{threshold} passes", threshold=_threshold(training)), "t2"))
    reference = _places(training.reference_curve, value, axis, last)
    if reference:
        marks.append(polyline(reference, "ref"))
        labels.append((reference[-1][1], _("reference"), "tr"))
    yours = _places(training.curve, value, axis, last)
    if yours:
        marks.append(polyline(yours, "you"))
        marks += [element("circle", class_="you", cx=x, cy=y, r=3.5) for x, y in yours if axis.inside(y)]
        labels.append((yours[-1][1], _("yours {value}", value=short(value(training.curve[-1]))), "ty"))
    if len(yours) < len(training.curve):
        marks.append(_not_finite(training.curve, value, last))
    for y, words, class_ in spread_labels(labels, TOP + 4, BOTTOM):
        marks.append(text(RIGHT + 8, y + 4, words, class_))
    return marks


def _places(curve: Sequence[EpochPoint], value: Value, axis: Axis, last: int) -> list[tuple[float, float]]:
    """Pixels of the finite points; a value outside the axis is drawn at its end."""
    drawn = [point for point in curve if axis.shows(value(point))]
    return [(LEFT + (RIGHT - LEFT) * point.epoch / last, axis.clipped(value(point))) for point in drawn]


def _not_finite(curve: Sequence[EpochPoint], value: Value, last: int) -> Markup:
    """A cross at the first epoch whose value is no finite number."""
    first = next(point.epoch for point in curve if not math.isfinite(value(point)) or value(point) <= 0)
    x = LEFT + (RIGHT - LEFT) * first / last
    cross = element("path", class_="x", d=f"m{x - 3.5:.1f} {TOP + 1} l7 7 m0 -7 l-7 7")
    near_end = x > (LEFT + RIGHT) / 2
    words = _("not finite from epoch {epoch}", epoch=first)
    return cross + text(x - 8 if near_end else x + 8, TOP + 9, words, "tb e" if near_end else "tb")


def _ends(said: Said, training: TrainingResult, value: Value, short: Callable[[float], str]) -> str:
    yours, reference = training.curve, training.reference_curve
    ends: dict[str, str] = {}
    if yours:
        ends |= {"first": short(value(yours[0])), "last": short(value(yours[-1]))}
    if reference:
        ends["reference"] = short(value(reference[-1]))
    return _(said[bool(yours), bool(reference)], **ends)


def _table(caption: str, training: TrainingResult, value: Value, written: Callable[[float], str]) -> Table:
    yours = {point.epoch: written(value(point)) for point in training.curve}
    reference = {point.epoch: written(value(point)) for point in training.reference_curve}
    epochs = sorted(yours.keys() | reference.keys())
    rows = tuple((str(epoch), yours.get(epoch, "–"), reference.get(epoch, "–")) for epoch in epochs)
    return Table(caption, (_("epoch"), _("yours"), _("reference")), rows)


def _threshold(training: TrainingResult) -> str:
    return f"{training.threshold:.2f}".removeprefix("0")


def _short_loss(value: float) -> str:
    return plain(value, 3)


def _loss(point: EpochPoint) -> float:
    return point.test_loss


def _accuracy(point: EpochPoint) -> float:
    return point.test_accuracy
