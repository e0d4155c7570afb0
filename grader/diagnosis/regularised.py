"""Wrong sums of a data term and a regularisation: a mistake in one, in the other, or one in each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from grader.diagnosis.mismatch import Candidate, FloatArray, same
from grader.report import Evidence

Term = tuple[str, FloatArray]
"""A code and what the term is under this mistake."""

BESIDES: Mapping[str, Mapping[str, Evidence]] = {
    "REG_MISSING_IN_GRAD": {"besides": "the regularisation is missing"},
    "REG_MISSING_IN_LOSS": {"besides": "the regularisation is missing"},
    "REG_SCALE": {"besides": "the regularisation has another factor"},
    "REG_ON_BIAS": {"besides": "the biases are regularised too"},
    "REG_SIGN": {"besides": "the regularisation has the wrong sign"},
}
"""What is added to the first mistake's sentence about a second one, in the regularisation."""

UNSQUARED = "the regularisation is no sum of squares"
"""The same of a norm, or of absolute values, which is no other factor."""


class Penalty(NamedTuple):
    """A mistake of the regularisation. besides: how it is told beside another, where its code says it otherwise."""

    code: str
    value: FloatArray
    besides: str = ""

    @property
    def second(self) -> Mapping[str, Evidence]:
        """The evidence that tells it beside another mistake."""
        return {"besides": self.besides} if self.besides else BESIDES[self.code]


def sums(
    tensor: str, right: tuple[FloatArray, FloatArray], data: Sequence[Term], penalty: Sequence[Penalty], fix: str
) -> list[Candidate]:
    """Candidates for `tensor`: single mistakes first. right: the right data term and the right regularisation."""
    right_data, right_penalty = right
    found = [Candidate(code, {tensor: term + right_penalty}, fix) for code, term in data]
    found += [Candidate(other.code, {tensor: right_data + other.value}, fix) for other in penalty]
    found += [
        Candidate(code, {tensor: term + other.value}, fix, other.second) for code, term in data for other in penalty
    ]
    return found


def half_of(right: FloatArray, data: FloatArray, strength: float, weights: FloatArray) -> float:
    """The factor of strength * sum W^2 that the right gradient follows: both 1 and 1/2 are in use."""
    return 0.5 if strength and same(right, data + strength * weights) else 1.0


def penalties(strength: float, rows: int, weights: Sequence[FloatArray], half: float) -> Iterator[Penalty]:
    """Wrong regularisations of a loss whose right one is half * strength * sum W^2."""
    squares = float(sum(np.sum(w**2) for w in weights))
    entries = sum(w.size for w in weights)
    yield Penalty("REG_MISSING_IN_LOSS", np.zeros(()))
    fixed = [factor for factor in (1.0, 0.5, 2.0) if factor != half]
    # Added for each example, as inside a loop over them, it counts N times.
    for factor in (*fixed, 1 / rows, 0.5 / rows, 1 / entries, 0.5 / entries, half * rows):
        yield Penalty("REG_SCALE", np.asarray(factor * strength * squares))
    for axis in (0, 1):  # a mean of each column, or of each row, where their sums belong
        means = float(sum(np.sum(w**2) / w.shape[axis] for w in weights))
        yield Penalty("REG_SCALE", np.asarray(strength * means))
        yield Penalty("REG_SCALE", np.asarray(0.5 * strength * means))
    yield Penalty("REG_SCALE", np.asarray(half * strength * np.sqrt(squares)), UNSQUARED)
    yield Penalty("REG_SCALE", np.asarray(strength * np.sqrt(squares) / (2 * half)), UNSQUARED)
    yield Penalty("REG_SCALE", np.asarray(half * strength * float(sum(np.sum(np.abs(w)) for w in weights))), UNSQUARED)
    yield Penalty("REG_SIGN", np.asarray(-half * strength * squares))


def penalty_gradients(strength: float, rows: int, weights: FloatArray, half: float) -> Iterator[Penalty]:
    """Wrong derivatives of half * strength * sum W^2, whose right one is 2 half strength W."""
    yield Penalty("REG_MISSING_IN_GRAD", np.zeros_like(weights))
    right = 2 * half
    fixed = [factor for factor in (1.0, 0.5, 2.0, 4.0) if factor != right]
    for factor in (
        *fixed,
        1 / rows,
        2 / rows,
        0.5 / rows,
        right * rows,
        *(right / n for n in (*weights.shape, weights.size)),
    ):
        yield Penalty("REG_SCALE", factor * strength * weights)
    yield Penalty("REG_SIGN", -right * strength * weights)
