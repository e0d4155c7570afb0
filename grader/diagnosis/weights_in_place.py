"""Weights that are to be changed in place and stay as they were."""

from collections.abc import Iterator, Mapping

import numpy as np

from grader.diagnosis.epoch_batches import formula
from grader.diagnosis.mismatch import Candidate, FloatArray
from grader.report import Evidence

STEP = "w -= lr / len(x) * gradient_of_the_sum"


def not_in_place(weights: Mapping[str, FloatArray]) -> Iterator[Candidate]:
    """One of the weights stays as it was, or all do: that explains more, and is told where it explains all of it.

    So each stands before all: of two that explain one weight the first is told, and the others may change.
    """
    groups = [*({name: w} for name, w in weights.items() if len(weights) > 1), weights]
    for group in groups:
        about: dict[str, Evidence] = {"argument": " and ".join(group)}
        still = {f"d{name}": np.zeros_like(w) for name, w in group.items()}
        yield Candidate("NOT_IN_PLACE", still, STEP, about)


def partly_in_place(slopes: Mapping[str, FloatArray]) -> Iterator[Candidate]:
    """Some rows of one of the weights stay as they were. slopes: the right gradients by the weights' names.

    The last weights have a column for each class: a loop over the rows that counts these ends too early.
    """
    for name, slope in slopes.items():
        kept = [
            (slice(-1, None), f"no step for the last row of {name}"),
            (slice(0, 1), f"no step for the first row of {name}"),
        ]
        if name == list(slopes)[-1]:
            kept.append((slice(slope.shape[1], None), f"steps for the first C rows of {name} alone"))
        for rows, found in kept:
            step = slope.copy()
            step[rows] = 0.0
            yield Candidate("OTHER_FORMULA", {f"d{name}": step}, STEP, formula(found, "a step for every row"))
