"""Does an epoch go through all examples? A step so small that it is linear tells with what weight each took part.

From one epoch to the next the parameters move by lr times the sum of w_n g_n, with g_n the gradient of example n alone:
w_n is 1 over the size of the mini-batch that it was in, 0 where it was in none, and twice that where it was in two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

import numpy as np

from grader.checks.slopes import Data, Gradients, Slopes
from grader.checks.trained import Trained, arguments, first_parameters, parameters, train
from grader.diagnosis.optimizer import flat
from grader.probes import class_numbers
from grader.report import Diagnosis
from grader.results import FloatArray
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.data import Dataset

ROWS, VALIDATION_ROWS = 31, 11
"""31 in batches of 7 leave 3: less than half a batch, so that a number of batches that is rounded leaves them out."""

RATE = 1e-3
"""Small enough for a straight line, large enough for what float32 leaves of the difference."""

UNEXPLAINED = 0.05
"""Share of a step that the examples' gradients leave open: beyond it the weights say nothing. Right loops leave 0.001,
in 99 of 100 cases at most 0.02; with the other form of the regularisation it is 0.08 and more."""

OF_ITS_OWN = 0.02
"""Steps of which so little is left are by this form of the regularisation: no other need be looked at."""

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

SAME_WEIGHTS = 0.05
"""By how much of the largest the weights may differ from those of overlapping batches, which go from 0.03 to 0.57. Of
such loops 98 % and more differ by less, and right ones by 0.2 and more, over 200 seeds of either assignment."""


COUNTS: Mapping[str, Callable[[int], Sequence[int]]] = {
    "each of batch_size batches": lambda size: [len(part) for part in np.array_split(np.arange(ROWS), size)],
    "each batch of N // batch_size examples": lambda size: _in_batches_of(ROWS // size),
    "each batch of ceil(N / batch_size) examples": lambda size: _in_batches_of(-(-ROWS // size)),
}
"""The sizes of an epoch's batches where batch_size is taken for their number, in the student's terms."""

SAME_STEPS = 0.02
"""By how much such weights may differ from steps / ROWS. With 31 examples in batches of 7 those of a loop that divides
every batch by 7 are 11 % smaller, and those of the last batch twice as large."""


@dataclass(frozen=True, slots=True)
class Epochs:
    """With what weights (N,) the examples took part in the epochs, at most two of them.

    first: the number of the first of them. single: that no other weights make up the same steps.
    """

    weights: Sequence[FloatArray]
    first: int
    single: bool


def coverage(gradients: Gradients, size: int, sizes: Mapping[str, int], known: bool) -> Diagnosis | None:
    """Examples left out of an epoch of mini-batches of `size`, taken more than once or in their own order, or None.

    By the reference's gradients, or by those of the student's own function where these alone make up the steps.
    known: that the reference's are the loop's own; else those may have another factor.
    """
    found = _epochs(gradients, size, sizes)
    if found is None:
        return None
    return _seen(found.weights, size) or (_other_rate(found, size) if known and found.single else None)


def batches_counted(gradients: Gradients, size: int, sizes: Mapping[str, int]) -> Diagnosis | None:
    """That the size of a batch is taken for the number of batches, or None; asked of steps that nothing explains."""
    found = _epochs(gradients, size, sizes)
    if found is None:
        return None
    for words, taken in COUNTS.items():
        right = np.repeat([1 / count for count in taken(size)], taken(size))
        if all(_alike(weights, right) for weights in found.weights):
            computed = f"a step for {words}, here of N = {ROWS} examples with batch_size = {size},"
            asked = "a step for each batch of batch_size examples"
            return Diagnosis("OTHER_FORMULA", {"found": computed, "asked": asked, "wrong": ["step"]})
    return None


def _in_batches_of(size: int) -> list[int]:
    """How many examples each batch has."""
    return [len(range(start, min(start + size, ROWS))) for start in range(0, ROWS, size)]


def _epochs(gradients: Gradients, size: int, sizes: Mapping[str, int]) -> Epochs | None:
    """What two epochs of tiny steps show; None where the examples' gradients do not make them up."""
    spec, subject = gradients.spec, gradients.subject
    function = subject.assignment.function(spec.function)
    rng = subject.rng("coverage", spec.function)
    rows, valid = (
        Dataset(rng.standard_normal((count, sizes["D"])), class_numbers(count, sizes["C"], rng), sizes["C"])
        for count in (ROWS, VALIDATION_ROWS)
    )
    first = first_parameters(function, sizes, rng)
    data = arguments(function, rows, valid, first)
    plain = {"lr": RATE, "momentum": 0.0, "batch_size": size}
    passed = {name: plain.get(name, value) for name, value in spec.hyperparameters.items() if name not in spec.unpassed}
    names = [tensor.name for tensor in function.results]
    # From given first parameters the first epoch is seen too, which is there also where only better ones are kept.
    given = [{name: first[name] for name in names}] if set(names) <= set(first) else []
    replies = train(subject, spec.function, data, passed, (1, 2) if given else (1, 2, 3), None)
    states = [parameters(function, reply, sizes) for reply in replies if isinstance(reply, Returned)]
    points = [*given, *(state.parameters for state in states if isinstance(state, Trained))]
    if len(points) < 3:
        return None
    # Steps so small change no example's gradient that could be told from another's.
    places = [((data[0][n : n + 1], data[1][n : n + 1]), points[1]) for n in range(ROWS)]
    moved = [(flat(before, names) - flat(after, names)) / RATE for before, after in pairwise(points)]
    explained: list[tuple[float, Epochs]] = []
    for form in gradients.forms():
        each = [_flat(slope) for slope in gradients.rights(form, places)]
        explained += _explained(each, moved, 1 if given else 2)
        if explained and explained[-1][0] <= OF_ITS_OWN:
            break
    if not explained:
        explained = _by_own(gradients, places, moved, 1 if given else 2)
    # So many gradients make up much of another form's steps too, with weights that mean nothing.
    return min(explained, key=lambda form: form[0])[1] if explained else None


def _by_own(
    gradients: Gradients, places: Sequence[tuple[Data, Parameters]], moved: Sequence[FloatArray], first: int
) -> list[tuple[float, Epochs]]:
    """The same by the student's own gradients: of the examples alone, and once what a regularisation adds to each."""
    bare = gradients.unregularised
    slopes = (bare or gradients).owns(places)
    whole = gradients.owns(places[:1]) if bare else slopes[:1]
    each = [_flat(slope) for slope in [*slopes, *whole] if slope is not None]
    if len(each) != ROWS + 1 or any(slope.shape != moved[0].shape for slope in each):
        return []
    added = each.pop() - each[0]
    return _explained(each, moved, first, [added] if np.any(added) else [])


def _explained(
    each: Sequence[FloatArray], moved: Sequence[FloatArray], first: int, added: Sequence[FloatArray] = ()
) -> list[tuple[float, Epochs]]:
    """The epochs that gradients make up, with the largest share that they leave; empty where they make up too few.

    each: of one example alone. added: what stands in a step beside them, as often as it may. first: the number of the
    first epoch.
    """
    slopes, steps = np.stack([*each, *added], axis=1), np.stack(moved, axis=1)
    if slopes.shape[0] != steps.shape[0]:  # a gradient of other shapes
        return []
    weights, _, rank, _ = np.linalg.lstsq(slopes, steps, rcond=None)
    lengths = np.linalg.norm(steps, axis=0)
    left = np.linalg.norm(steps - slopes @ weights, axis=0)
    rests = [rest / length for rest, length in zip(left, lengths, strict=True) if length > 0]
    # Where the second epoch changes nothing, or something else, the first one tells.
    made_up = list(takewhile(lambda rest: rest <= UNEXPLAINED, rests if lengths[0] > 0 else ()))
    if len(made_up) < 2 and not (made_up and first == 1):
        return []
    # Whichever way the loop walks is the update rule's matter.
    epochs = [np.abs(weights[:ROWS, index]) for index in range(len(made_up))]
    return [(float(max(made_up)), Epochs(epochs, first, bool(rank == slopes.shape[1])))]


def _flat(slopes: Slopes) -> FloatArray:
    return flat(slopes, tuple(slopes))


def _seen(epochs: Sequence[FloatArray], size: int) -> Diagnosis | None:
    """What the weights of two epochs say, or those of one where the next changed nothing."""
    for found, taken in OVERLAPS.items():
        if all(_overlap(weights, size, taken) for weights in epochs):
            asked = "rows[start:start + batch_size]"
            return Diagnosis("BATCHES_OVERLAP", {"found": found, "asked": asked, "rows": ROWS, "batch_size": size})
    if all(_everything(weights, size) for weights in epochs):
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


def _everything(weights: FloatArray, size: int) -> bool:
    """Whether every step of an epoch took all examples alike: as many steps as there are batches, 1/ROWS in each."""
    steps = -(-ROWS // size)
    return bool(np.max(np.abs(weights * ROWS / steps - 1)) <= SAME_STEPS)


def _overlap(weights: FloatArray, size: int, taken: Callable[[int, int], slice]) -> bool:
    """Whether the weights are those of batches that take these slices, in whatever order."""
    total = np.zeros(ROWS)
    for start in range(0, ROWS, size):
        batch = taken(start, size)
        total[batch] += 1 / len(total[batch])
    return _alike(weights, total)


def _alike(weights: FloatArray, right: FloatArray) -> bool:
    """Whether they are the same weights, whichever example has which."""
    return bool(np.max(np.abs(np.sort(weights) - np.sort(right))) <= SAME_WEIGHTS * right.max())
