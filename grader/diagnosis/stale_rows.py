"""A last batch that is smaller than the others, filled up with rows that the batch before has left."""

from collections.abc import Callable, Iterator, Mapping

from grader.diagnosis.epoch_batches import batches, formula
from grader.diagnosis.mismatch import FloatArray
from grader.report import Evidence

Weights = Mapping[str, FloatArray]

Slopes = Callable[[slice, Weights], Weights]
"""Gradients of the average over some rows, by the weights."""

ABOUT: Mapping[str, Evidence] = formula(
    "a smaller last batch filled up with rows of the batch before", "a last batch of the rows that are left"
)


def stale(weights: Weights, rows: int, size: int, slopes: Slopes, lr: float) -> Iterator[Weights]:
    """The weights after such an epoch.

    The stale rows have the errors that were left with them, or get new ones; what is divided by is the number of rows
    that are left, or that of all in the batch.
    """
    for anew in (False, True):
        for by_all in (False, True):
            yield _epoch(weights, rows, size, slopes, lr, anew, by_all)


def _epoch(weights: Weights, rows: int, size: int, slopes: Slopes, lr: float, anew: bool, by_all: bool) -> Weights:
    now, before, left = dict(weights), dict(weights), slice(0, 0)
    for part in batches(rows, size):
        count = part.stop - part.start
        total = {name: count * slope for name, slope in slopes(part, now).items()}
        old = slice(left.start + count, left.stop)
        if old.start < old.stop:
            of_old = slopes(old, now if anew else before)
            total = {name: slope + (old.stop - old.start) * of_old[name] for name, slope in total.items()}
        divisor = max(size if by_all else count, 1)
        before, left = now, part
        now = {name: w - lr / divisor * total[name] for name, w in now.items()}
    return now
