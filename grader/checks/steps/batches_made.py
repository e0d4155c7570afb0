"""Which batches a loop makes whose steps nothing explains, read from the weights of its examples."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from grader.checks.steps.example_weights import ROWS, alike, weights_of_examples
from grader.checks.steps.slopes import Gradients
from grader.report import Diagnosis
from grader.results import FloatArray

COUNTS: Mapping[str, Callable[[int], Sequence[int]]] = {
    "each of batch_size batches": lambda size: [len(part) for part in np.array_split(np.arange(ROWS), size)],
    "each batch of N // batch_size examples": lambda size: _in_batches_of(ROWS // size),
    "each batch of ceil(N / batch_size) examples": lambda size: _in_batches_of(-(-ROWS // size)),
}
"""The sizes of an epoch's batches where batch_size is taken for their number, in the student's terms."""

STARTS: Mapping[str, Callable[[int], range]] = {
    "the last example of the batch before": lambda size: range(0, ROWS, size - 1),
    "half of the batch before": lambda size: range(0, ROWS, size // 2),
}
"""Where batches begin that share their first examples with the one before, which are these in words.

Asked of steps that nothing explains only: where the last batch is filled up, other examples count twice as well.
"""

VALIDATED = 0.5
"""Share of the middle weight that every example of the validation set has at least where it is in the batches too."""


def batches_made(gradients: Gradients, size: int, sizes: Mapping[str, int]) -> Diagnosis | None:
    """The batches of a loop that takes others than batches of `size` of the training set; None where it is not seen."""
    found = weights_of_examples(gradients, size, sizes, validation=True)
    if found is None:
        return None
    if all(np.min(w) > VALIDATED * np.median(o) for o, w in zip(found.weights, found.validated, strict=True)):
        return _otherwise("each batch of training and validation set together", "each batch of the training set")
    for words, taken in COUNTS.items():
        right = np.repeat([1 / count for count in taken(size)], taken(size))
        if all(alike(weights, right) for weights in found.weights):
            computed = f"{words}, here of N = {ROWS} examples with batch_size = {size},"
            return _otherwise(computed, "each batch of batch_size examples")
    for words, starts in STARTS.items():
        if all(alike(weights, _shared(starts(size), size)) for weights in found.weights):
            about = {"found": f"{words} again", "asked": "rows[start:start + batch_size], the next from its end on,"}
            return Diagnosis("BATCHES_OVERLAP", {**about, "rows": ROWS, "batch_size": size})
    return None


def _otherwise(found: str, asked: str) -> Diagnosis:
    about = {"found": f"a step for {found}", "asked": f"a step for {asked}", "wrong": ["step"]}
    return Diagnosis("OTHER_FORMULA", about)


def _shared(starts: range, size: int) -> FloatArray:
    """The weights of batches that begin there."""
    total = np.zeros(ROWS)
    for start in starts:
        total[start : start + size] += 1 / len(total[start : start + size])
    return total


def _in_batches_of(size: int) -> list[int]:
    """How many examples each batch has."""
    return [len(range(start, min(start + size, ROWS))) for start in range(0, ROWS, size)]
