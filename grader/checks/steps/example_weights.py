"""With what weight did each example take part in an epoch? A step so small that it is linear tells.

From one epoch to the next the parameters move by lr times the sum of w_n g_n, with g_n the gradient of example n alone:
w_n is 1 over the size of the mini-batch that it was in, 0 where it was in none, and twice that where it was in two.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import numpy as np

from grader.checks.steps.own_share import OwnShare, own_share
from grader.checks.steps.slopes import Data, Gradients, Slopes
from grader.checks.trained import Trained, arguments, first_parameters, parameters, train
from grader.diagnosis.optimizer import flat
from grader.least_squares import fitted
from grader.probes import class_numbers
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

SAME_WEIGHTS = 0.05
"""By how much of the largest the weights may differ from those of overlapping batches, which go from 0.03 to 0.57. Of
such loops 98 % and more differ by less, and right ones by 0.2 and more, over 200 seeds of either assignment."""

TOLD = 1.0
"""Of the middle weight: more than that must not be open of any weight by the student's own gradient. It is an upper
bound, at most 0.32 where the weights are right, and 31 where two of them were not."""


@dataclass(frozen=True, slots=True)
class Epochs:
    """With what weights (N,) the examples took part in the epochs, at most two of them.

    first: the number of the first of them. single: that no other weights make up the same steps. validated: the weights
    of the validation set's examples, where they were asked for. places: each example, and parameters on the way. own:
    that the gradients are those of the student's own function; share: what an example counts in a batch by it, or None
    for what adds up nowhere. unsure: what is left open, as a weight of the example with the smallest gradient.
    """

    weights: Sequence[FloatArray]
    first: int
    single: bool
    validated: Sequence[FloatArray]
    places: Sequence[tuple[Data, Parameters]]
    unsure: float
    own: bool = False
    share: OwnShare | None = None


def weights_of_examples(
    gradients: Gradients,
    size: int,
    sizes: Mapping[str, int],
    *,
    rows: int = ROWS,
    rate: float = RATE,
    validation: bool = False,
) -> Epochs | None:
    """What two epochs of tiny steps show; None where the examples' gradients do not make them up.

    rows: how many examples there are. rate: of the steps. validation: examples of that set may be in the steps too.
    """
    spec, subject = gradients.spec, gradients.subject
    function = subject.assignment.function(spec.function)
    rng = subject.rng("coverage", spec.function)
    taken, valid = (
        Dataset(rng.standard_normal((count, sizes["D"])), class_numbers(count, sizes["C"], rng), sizes["C"])
        for count in (rows, VALIDATION_ROWS)
    )
    first = first_parameters(function, sizes, rng)
    data = arguments(function, taken, valid, first)
    plain = {"lr": rate, "momentum": 0.0, "gamma": 0.0, "batch_size": size}
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
    seen: list[Data] = [(data[0], data[1]), *([(data[2], data[3])] if validation else [])]
    places = [((x[n : n + 1], t[n : n + 1]), points[1]) for x, t in seen for n in range(len(x))]
    moved = [(flat(before, names) - flat(after, names)) / rate for before, after in pairwise(points)]
    explained: list[tuple[float, Epochs]] = []
    for form in gradients.forms():
        each = [_flat(slope) for slope in gradients.rights(form, places)]
        explained += _explained(each, places, rows, moved, 1 if given else 2)
        if explained and explained[-1][0] <= OF_ITS_OWN:
            break
    if not explained:
        explained = _by_own(gradients, places, rows, moved, 1 if given else 2, size)
    # So many gradients make up much of another form's steps too, with weights that mean nothing.
    return min(explained, key=lambda form: form[0])[1] if explained else None


def _by_own(
    gradients: Gradients,
    places: Sequence[tuple[Data, Parameters]],
    rows: int,
    moved: Sequence[FloatArray],
    first: int,
    size: int,
) -> list[tuple[float, Epochs]]:
    """The same by the student's own gradients: of the examples alone, and once what a regularisation adds to each.

    In those entries only where they add up to the gradient of a batch.
    """
    bare = gradients.unregularised
    slopes = (bare or gradients).owns(places)
    whole = gradients.owns(places[:1]) if bare else slopes[:1]
    each = [_flat(slope) for slope in [*slopes, *whole] if slope is not None]
    if len(each) != len(places) + 1 or any(slope.shape != moved[0].shape for slope in each):
        return []
    share = own_share(bare or gradients, places[:size])
    if share is not None:
        each, moved = ([vector[share.entries] for vector in vectors] for vectors in (each, moved))
    added = each.pop() - each[0]
    found = _explained(each, places, rows, moved, first, [added] if np.any(added) else [])
    # Gradients that are zeros but for a bias are fewer than examples: many weights make up the same steps. And beside
    # gradients that are a thousand times larger, as without the softmax's sum, that of an example is lost.
    return [
        (rest, replace(epochs, own=True, share=share))
        for rest, epochs in found
        if epochs.single and epochs.unsure <= TOLD * np.median(epochs.weights[0])
    ]


def _explained(
    each: Sequence[FloatArray],
    places: Sequence[tuple[Data, Parameters]],
    rows: int,
    moved: Sequence[FloatArray],
    first: int,
    added: Sequence[FloatArray] = (),
) -> list[tuple[float, Epochs]]:
    """The epochs that gradients make up, with the largest share that they leave; empty where they make up too few.

    each: of one example alone, at these places, those of the training set's `rows` first. added: what stands in a step
    beside them, as often as it may. first: the number of the first epoch.
    """
    slopes, steps = np.stack([*each, *added], axis=1), np.stack(moved, axis=1)
    if slopes.shape[0] != steps.shape[0]:  # a gradient of other shapes
        return []
    # By the normal equations: weights are wanted to a hundredth, and there are fewer of them than parameters.
    with np.errstate(over="ignore", invalid="ignore"):
        solved = fitted(slopes.T @ slopes, slopes.T @ steps)
    if solved is None:
        return []
    weights, rank = solved
    lengths = np.linalg.norm(steps, axis=0)
    left = np.linalg.norm(steps - slopes @ weights, axis=0)
    rests = [rest / length for rest, length in zip(left, lengths, strict=True) if length > 0]
    # Where the second epoch changes nothing, or something else, the first one tells.
    made_up = list(takewhile(lambda rest: rest <= UNEXPLAINED, rests if lengths[0] > 0 else ()))
    if len(made_up) < 2 and not (made_up and first == 1):
        return []
    # Whichever way the loop walks is the update rule's matter.
    epochs = [np.abs(weights[: len(each), index]) for index in range(len(made_up))]
    taken, validated = [w[:rows] for w in epochs], [w[rows:] for w in epochs]
    smallest = float(np.min(np.linalg.norm(slopes[:, : len(each)], axis=0)))
    unsure = max(np.multiply(made_up, lengths[: len(made_up)])) / smallest if smallest else math.inf
    return [(float(max(made_up)), Epochs(taken, first, rank == slopes.shape[1], validated, places, unsure))]


def _flat(slopes: Slopes) -> FloatArray:
    return flat(slopes, tuple(slopes))


def alike(weights: FloatArray, right: FloatArray) -> bool:
    """Whether they are the same weights, whichever example has which."""
    return bool(np.max(np.abs(np.sort(weights) - np.sort(right))) <= SAME_WEIGHTS * right.max())
