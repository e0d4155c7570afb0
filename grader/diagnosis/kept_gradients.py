"""Steps of an epoch by a gradient that is added to what the batches before it have left, where nobody clears it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from grader.diagnosis.epoch_batches import batches, formula
from grader.diagnosis.mismatch import FloatArray
from grader.report import Evidence

Weights = Mapping[str, FloatArray]

Slopes = Callable[[slice, Weights], Weights]
"""Gradients of the average over some rows, by the weights."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept from batch to batch.

    summed: the gradient is added as a total of the batch's rows, and divided by their number afterwards. divided,
    stepped: what is kept is that average, or that step, as where a buffer is scaled in place.
    """

    found: str
    summed: bool
    divided: bool = False
    stepped: bool = False

    def after(self, kept: FloatArray, average: FloatArray, count: int, lr: float) -> tuple[FloatArray, FloatArray]:
        """What is kept after a batch of so many rows, and the step it makes."""
        total = kept + (count if self.summed else 1) * average
        mean = total / (count if self.summed else 1)
        if self.stepped:
            return lr * mean, lr * mean
        return (mean if self.divided else total), lr * mean


WAYS = (
    Kept("all gradients so far", summed=False),
    Kept("all gradients so far", summed=True),
    Kept("the batch's gradient added to the last average", summed=True, divided=True),
    Kept("the batch's gradient added to the last step", summed=False, stepped=True),
    Kept("the batch's gradient, before its average, added to the last step", summed=True, stepped=True),
)


def kept_gradients(
    weights: Weights, rows: int, size: int, slopes: Slopes, lr: float
) -> Iterator[tuple[Weights, dict[str, Evidence]]]:
    """The weights after such an epoch, with how it is written; of all weights, and of each of several alone."""
    alone = [(f" for {name}", (name,)) for name in weights] if len(weights) > 1 else []
    for whose, names in [("", tuple(weights)), *alone]:
        for way in WAYS:
            yield _epoch(weights, rows, size, slopes, lr, way, names), formula(way.found + whose, "the batch's own")


def _epoch(
    weights: Weights, rows: int, size: int, slopes: Slopes, lr: float, way: Kept, names: tuple[str, ...]
) -> Weights:
    now, kept = dict(weights), {name: 0 * weights[name] for name in names}
    for part in batches(rows, size):
        steps = {name: lr * slope for name, slope in slopes(part, now).items()}
        for name in names:
            kept[name], steps[name] = way.after(kept[name], steps[name] / lr, part.stop - part.start, lr)
        now = {name: w - steps[name] for name, w in now.items()}
    return now
