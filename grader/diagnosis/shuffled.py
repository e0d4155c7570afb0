"""An epoch whose batches are made of the rows in another order than the one they come in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import comb

from grader.comparison import Outcome
from grader.diagnosis.epoch_batches import batches, formula
from grader.diagnosis.mismatch import FloatArray, same
from grader.report import Evidence
from grader.results import Tensors

Weights = Mapping[str, FloatArray]

Slopes = Callable[[Sequence[int], Weights], Weights]
"""Gradients of the average over some rows, by the weights."""

MOST = 1000
"""Orders that are tried: 7 rows make 140 in batches of 3, and 11 would make 92,400."""

ABOUT: Mapping[str, Evidence] = formula(
    "steps on the rows in another order, as after a shuffle,", "the order they come in"
)


def in_another_order(
    outcome: Outcome, far_from: Callable[[Weights], Weights], slopes: Slopes, weights: Weights
) -> Weights:
    """How far the student's weights go in this outcome, where they do so in some order of the rows; else nothing.

    far_from: how far these weights are from the first ones, over the rate, as the results are called. What is right is
    looked for in no other order: one batch alone is right in all of them.
    """
    if not isinstance(outcome.yours, Tensors):
        return {}
    yours = outcome.yours.values
    if outcome.passed:
        return outcome.right
    values = outcome.probe.arguments
    rows, size, lr = len(values["X"]), int(values["batch"]), float(values["lr"])
    counts = [part.stop - part.start for part in batches(rows, size)]
    if _orders(rows, counts) > MOST:
        return {}
    for after in _epochs(weights, frozenset(range(rows)), counts, slopes, lr):
        found = far_from(after)
        if all(same(yours[name], value) for name, value in found.items()):
            return found
    return {}


def _orders(rows: int, counts: Sequence[int]) -> int:
    """How many ways there are to fill batches of these sizes, one after another."""
    ways = 1
    for count in counts:
        ways *= comb(rows, count)
        rows -= count
    return ways


def _epochs(now: Weights, rows: frozenset[int], counts: Sequence[int], slopes: Slopes, lr: float) -> Iterator[Weights]:
    """The weights after batches of these sizes, for every way to fill them with the rows."""
    if not counts:
        yield now
        return
    for batch in combinations(sorted(rows), counts[0]):
        step = slopes(batch, now)
        after = {name: w - lr * step[name] for name, w in now.items()}
        yield from _epochs(after, rows - frozenset(batch), counts[1:], slopes, lr)
