"""Does an epoch go through all examples? Judged by the weights with which they took part in it."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader.checks.steps.example_weights import RATE, ROWS, SAME_WEIGHTS, Epochs, alike, weights_of_examples
from grader.checks.steps.own_share import Share, in_a_mean, own_share
from grader.checks.steps.slopes import Gradients
from grader.report import Diagnosis
from grader.results import FloatArray

OWN_RATE = 1e-4
"""Of the steps where the gradient is the student's own: a sum over the batch goes so many times as far."""

OTHER_RATE = 0.1
"""By how much the middle weight, times the size of a batch, may differ from 1: measured to a hundredth. Most examples
are in whole batches, so it is the same where the smaller batch is divided by the size of the others."""

NEVER_SEEN = 0.25
"""Below this share of the middle weight an example took no part; a smaller batch has larger weights, not lower ones."""

SMALLER_BATCH = 1.3
"""Above this multiple of the middle weight an example was in the smaller batch: 7/3 with 31 examples in batches of 7.

That a loop which shuffles takes the last three there, in two epochs in a row, has a probability of 5 in 100 million.
"""

OVERLAPS: Mapping[str, Callable[[int, int], slice]] = {
    "rows[:start + batch_size]": lambda start, size: slice(0, start + size),
    "rows[start:]": lambda start, size: slice(start, ROWS),
    "rows[start:start + batch_size + 1]": lambda start, size: slice(start, start + size + 1),
}
"""Slices that go wrong, in the student's terms, by the batch's start and the size of a batch."""

SAME_STEPS = 0.05
"""By how much such weights may differ from steps / ROWS. With 31 examples in batches of 7 those of a loop that divides
every batch by 7 are 11 % smaller, and those of the last batch twice as large."""


def coverage(gradients: Gradients, size: int, sizes: Mapping[str, int], known: bool) -> Diagnosis | None:
    """Examples left out of an epoch of mini-batches of `size`, taken more than once or in their own order, or None.

    By the reference's gradients, or by those of the student's own function where these alone make up the steps.
    known: that the reference's are the loop's own; else those may have another factor.
    """
    found = weights_of_examples(gradients, size, sizes, rate=RATE if known else OWN_RATE)
    if found is None:
        return None
    if found.own and (known or found.share is None):  # an example's part in a batch is not its gradient alone
        return None
    by_another = not (known or found.own)
    own = own_share(gradients.unregularised or gradients, found.places[:size]) if by_another else found.share
    share = own.share if own else in_a_mean
    return _seen(found.weights, size, share) or (_other_rate(found, size) if known and found.single else None)


def _seen(epochs: Sequence[FloatArray], size: int, share: Share) -> Diagnosis | None:
    """What the weights of two epochs say, or those of one where the next changed nothing.

    share: of an example in a step on a batch of so many.
    """
    for found, taken in OVERLAPS.items():
        if all(_overlap(weights, size, taken, share) for weights in epochs):
            asked = "rows[start:start + batch_size]"
            return Diagnosis("BATCHES_OVERLAP", {"found": found, "asked": asked, "rows": ROWS, "batch_size": size})
    if all(_everything(weights, size, share) for weights in epochs):
        asked = "the gradient of the batch alone"
        return Diagnosis(
            "OTHER_FORMULA", {"found": "the gradient of all examples in each step", "asked": asked, "wrong": ["step"]}
        )
    unseen = int(np.sum(epochs[0] < NEVER_SEEN * np.median(epochs[0])))
    if unseen:
        return Diagnosis("LAST_BATCH_DROPPED", {"unseen": unseen, "rows": ROWS, "batch_size": size})
    last = np.arange(ROWS) >= ROWS - ROWS % size
    if len(epochs) == 2 and all(
        np.array_equal(weights > SMALLER_BATCH * np.median(weights), last) for weights in epochs
    ):
        return Diagnosis("NO_SHUFFLE", {"rows": ROWS, "batch_size": size})
    return None


def _other_rate(epochs: Epochs, size: int) -> Diagnosis | None:
    """Steps of another length than those with all examples have."""
    whole = ROWS - ROWS % size
    for number, weights in enumerate(epochs.weights, epochs.first):
        middle = float(np.median(weights))
        even = np.sum(np.abs(weights - middle) <= SAME_WEIGHTS * middle) >= whole
        if even and abs(size * middle - 1) > OTHER_RATE:
            found = f"{size * middle:.2g} * lr * gradient of the batch in epoch {number}"
            asked = "lr * gradient of the batch"
            return Diagnosis("OTHER_FORMULA", {"found": found, "asked": asked, "wrong": ["step"]})
    return None


def _everything(weights: FloatArray, size: int, share: Share) -> bool:
    """Whether every step of an epoch took all examples alike: as many steps as there are batches, 1/ROWS in each."""
    steps = -(-ROWS // size)
    return bool(np.max(np.abs(weights / (steps * share(ROWS)) - 1)) <= SAME_STEPS)


def _overlap(weights: FloatArray, size: int, taken: Callable[[int, int], slice], share: Share) -> bool:
    """Whether the weights are those of batches that take these slices, in whatever order."""
    total = np.zeros(ROWS)
    for start in range(0, ROWS, size):
        batch = taken(start, size)
        total[batch] += share(len(total[batch]))
    return alike(weights, total)
