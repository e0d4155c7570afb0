"""The evidence a diagnosis starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from grader.comparison import Comparison, Outcome
from grader.numerics import FLOAT32_TOLERANCE, agrees, largest_error
from grader.report import Evidence
from grader.results import Tensors
from reference.spec import Function, Operation

FloatArray = NDArray[np.float64]

ONE_BY_ONE = frozenset({Operation.PASS_STEPS})
"""Operations whose batches are of one example each, however many there are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a known mistake would return: tensors by name (those it changes), for one outcome.

    counterfactual: the right expression in the student's terms, shown as "with ... every number matches".
    about: further evidence, such as which entries a sign is about. of_one: whether the mistake is one of batches of one
    example, which others do not show.
    """

    code: str
    tensors: Mapping[str, FloatArray]
    counterfactual: str | None = None
    about: Mapping[str, Evidence] = field(default_factory=dict)
    of_one: bool = False


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A comparison that failed, with what its tensors are called and which of them are wrong.

    wrong: names of the tensors that differ somewhere, in order. readable: outcomes at scale 1 whose results could be
    read, or at any scale where those are right: diagnosis rests on these. Both are asked for by every candidate, so
    they are made once.
    """

    comparison: Comparison
    wrong: tuple[str, ...] = field(init=False)
    readable: tuple[Outcome, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Look at the comparison once."""
        tensors, outcomes = self.comparison.tensors, self.comparison.outcomes
        wrong = tuple(name for name in tensors if not self.comparison.agrees(name))
        legible = tuple(o for o in outcomes if not o.probe.edge and isinstance(o.yours, Tensors))
        readable = tuple(o for o in legible if o.probe.ordinary)
        if all(outcome.passed for outcome in readable):  # what is wrong for large numbers only is seen in these alone
            readable = legible
        object.__setattr__(self, "wrong", wrong)
        object.__setattr__(self, "readable", readable)

    @property
    def function(self) -> Function:
        """The function compared."""
        return self.comparison.function

    def yours(self, outcome: Outcome, tensor: str) -> FloatArray:
        """What the student returned for a tensor; only for readable outcomes."""
        if not isinstance(outcome.yours, Tensors):
            raise TypeError("this outcome has no tensors")
        return outcome.yours.values[tensor]


def same(yours: FloatArray, other: FloatArray) -> bool:
    """Whether two arrays agree in shape and to float32 tolerance."""
    return yours.shape == other.shape and agrees(largest_error(yours, other), FLOAT32_TOLERANCE)


def confirmed(mismatch: Mismatch, tensor: str, candidates: Sequence[Candidate]) -> bool:
    """Whether one mistake explains a tensor: it matches on every probe where that is wrong, and is right on the others.

    candidates: the same mistake on each of the readable outcomes. A match counts only where the mistake differs from
    the right value. One example of a batch alone does not count: sums, means and loops that leave the last example out
    are the same there, and shapes are read more kindly. Where all batches are of one example it counts as any other.
    What becomes of no example at all, NaN, tells nothing, and is explained where it is NaN in the candidate too.
    """
    pairs = list(zip(mismatch.readable, candidates, strict=True))
    wrong = [(outcome, candidate) for outcome, candidate in pairs if not outcome.agrees(tensor)]
    alone = mismatch.function.operation in ONE_BY_ONE
    right = [(o, candidate) for o, candidate in pairs if o.agrees(tensor) and (alone or o.probe.sizes["N"] > 1)]
    if not all(tensor in c.tensors and same(c.tensors[tensor], outcome.right[tensor]) for outcome, c in right):
        return False
    batches = not alone and any("N" in tensor.axes for tensor in mismatch.function.arguments)
    enough = any(
        (outcome.probe.sizes["N"] > 1 or candidate.of_one or not batches)
        and not _nothing(candidate.tensors.get(tensor, np.zeros(())))
        for outcome, candidate in wrong
    )
    return enough and all(
        tensor in candidate.tensors
        and _explains(candidate.tensors[tensor], mismatch.yours(outcome, tensor))
        and not same(candidate.tensors[tensor], outcome.right[tensor])
        for outcome, candidate in wrong
    )


def _nothing(values: FloatArray) -> bool:
    """Whether it is NaN all over, as a mean of no examples is."""
    return bool(np.all(np.isnan(values)))


def _explains(made: FloatArray, yours: FloatArray) -> bool:
    """Whether a mistake makes what was returned, or nothing where nothing was."""
    return same(yours, made) or (yours.shape == made.shape and _nothing(yours) and _nothing(made))
