"""The wrong steps of a recipe that explain what a student returned.

It is compared with what the reference's numbers give when a step is done in a wrong way. A way explains a tensor when
it matches on every probe: where the tensor is wrong, and where it happens to be right.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray, Mismatch, same
from grader.diagnosis.mistake import UNNAMED
from grader.diagnosis.reach import reach
from grader.diagnosis.recipe import ACCEPTED, ONCE, Once, Recipe, Step, Way, Ways
from reference.spec import Operation

NEAR = 1e-4
"""What the largest entries of two arrays differ by at most where the arrays agree to float32, with a margin of 10."""

FEWEST_NUMBERS = 2
"""A single number, such as one loss, is explained by chance too easily."""

WAYS_TO_PAIR = 107
"""With more wrong ways than this, pairs are made of those with a name only: a wrong answer is still told in 0.1 s."""


BY_TENSOR = frozenset(
    {
        Operation.LINEAR_LAYER,
        Operation.NETWORK_BACKWARD,
        Operation.NETWORK_STEP,
        Operation.SOFTMAX_CLASSIFIER,
        Operation.COST_GRADIENT,
        Operation.TWO_LAYER_LOSS,
    }
)
"""Operations whose mistakes can touch one tensor alone; elsewhere what spoils a right tensor explains nothing."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The wrong steps that explain some tensors. fitting: how many that others explain already they make as well."""

    wrong: tuple[tuple[Step, Way], ...]
    tensors: tuple[str, ...]
    fitting: int = 0

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its mistakes."""
        return frozenset(way.code for _, way in self.wrong)

    def and_also(self, other: "Explanation | None") -> "Explanation | None":
        """These wrong steps and those of `other`, for the tensors of `other`."""
        return Explanation((*self.wrong, *other.wrong), other.tensors) if other is not None else None


def explanation(
    recipe: Recipe, mismatch: Mismatch, tensors: Sequence[str], mistakes: int, explained: Sequence[str] = ()
) -> Explanation | None:
    """The `mistakes` wrong steps that explain most of `tensors`; None where none does, or where two disagree.

    Of explanations that are equally good, only the mistakes that all of them share are named.
    explained: other tensors, by which those are told apart that explain them too.
    """
    return best(list(explanations(recipe, mismatch, tensors, mistakes, explained)))


def best(found: Sequence[tuple[Explanation, int]]) -> Explanation | None:
    """Of explanations, each with the number of right tensors it spoils, what the best of them share."""
    if not found:
        return None
    highest = max(_rank(explained) for explained in found)
    first, *others = [explained for explained in found if _rank(explained) == highest]
    shared = first[0].codes.intersection(*(other.codes for other, _ in others))
    wrong = tuple((step, way) for step, way in first[0].wrong if way.code in shared)
    return Explanation(wrong, first[0].tensors) if wrong else None


def _common(recipe: Recipe) -> tuple[Step, ...]:
    """The steps whose ways are paired; where all pairs would be too many, the ways that have a name of their own.

    Rounded numbers tell too little to be explained by two mistakes.
    """
    steps = tuple(step for step in recipe.steps if step.name != "precision")
    if sum(len(step.wrong) for step in steps) <= WAYS_TO_PAIR:
        return steps
    return tuple(replace(step, wrong=tuple(w for w in step.wrong if w.code not in UNNAMED)) for step in steps)


def _rank(explained: tuple[Explanation, int]) -> tuple[int, int, int, int]:
    """Most tensors explained, fewest right ones spoilt, most others made as well, most mistakes that have a name."""
    found, spoilt = explained
    return len(found.tensors), -spoilt, found.fitting, sum(way.code not in UNNAMED for _, way in found.wrong)


def explanations(
    recipe: Recipe, mismatch: Mismatch, tensors: Sequence[str], mistakes: int, explained: Sequence[str] = ()
) -> Iterator[tuple[Explanation, int]]:
    """Every choice of wrong steps that explains a tensor, with the number of right tensors it would have spoilt."""
    first = next((o for o in mismatch.readable if any(not o.agrees(name) for name in tensors)), None)
    steps_of = recipe.steps if mistakes == 1 else _common(recipe)
    if first is None:
        return
    others = [outcome for outcome in mismatch.readable if outcome is not first]
    peaks = {name: _peak(mismatch.yours(first, name)) for name in tensors}
    right: Ways = {**recipe.right, ONCE: Once()}
    reached = reach(recipe, steps_of, mismatch.readable, right) if mistakes > 1 else {}
    for steps in combinations(steps_of, mistakes):
        # What a step does not reach, the others explain without it: that is another choice.
        within = [name for name in tensors if all(name in reached.get(step.name, tensors) for step in steps)]
        if not within:
            continue
        for ways in product(*(step.wrong for step in steps)):
            if mistakes > 1 and all(way.code in UNNAMED for way in ways):  # two formulas fit too much
                continue
            use = {**right, **{step.name: way.use for step, way in zip(steps, ways, strict=True)}}
            cooked = recipe.tensors(first, use)
            near = [name for name in within if name in cooked and _near(cooked[name], peaks[name])]
            left = [name for name in near if _matches(mismatch, first, name, cooked)]
            if not left:
                continue
            pairs = [(first, cooked), *((outcome, recipe.tensors(outcome, use)) for outcome in others)]
            left = [name for name in left if _confirmed(mismatch, name, pairs)]
            spoilt = _spoilt(recipe, mismatch, pairs) if left else 0
            if any(way.code == ACCEPTED for way in ways) and _contradicted(pairs):
                continue
            if left and (not spoilt or mismatch.function.operation in BY_TENSOR):
                fitting = sum(_confirmed(mismatch, name, pairs) for name in explained)
                yield Explanation(tuple(zip(steps, ways, strict=True)), tuple(left), fitting), spoilt


def _peak(values: FloatArray) -> tuple[tuple[int, ...], int, float]:
    """Shape, and flat index and value of the largest entry; index 0 and NaN of an empty array."""
    flat = values.ravel()
    index = int(np.argmax(np.abs(flat))) if flat.size else 0
    return values.shape, index, float(flat[index]) if flat.size else math.nan


def _near(cooked: FloatArray, peak: tuple[tuple[int, ...], int, float]) -> bool:
    """Whether an array can equal the one with this peak: most are told by one number, which an empty one lacks."""
    shape, index, value = peak
    return cooked.size > 0 and cooked.shape == shape and bool(abs(cooked.flat[index] - value) <= NEAR * abs(value))


def _matches(mismatch: Mismatch, outcome: Outcome, name: str, cooked: Mapping[str, FloatArray]) -> bool:
    return name in cooked and same(mismatch.yours(outcome, name), cooked[name])


def _confirmed(mismatch: Mismatch, name: str, pairs: Sequence[tuple[Outcome, Mapping[str, FloatArray]]]) -> bool:
    """Whether it matches on every probe, in enough numbers, and is never right where the tensor is wrong.

    One example alone does not count: sums, means and first rows are the same there.
    """
    wrong = [outcome for outcome, _ in pairs if not outcome.agrees(name) and outcome.probe.sizes["N"] > 1]
    numbers = sum(mismatch.yours(outcome, name).size for outcome in wrong)
    return numbers >= FEWEST_NUMBERS and all(
        _matches(mismatch, outcome, name, cooked)
        and (outcome.agrees(name) or not same(cooked[name], outcome.right[name]))
        for outcome, cooked in pairs
    )


def _contradicted(pairs: Sequence[tuple[Outcome, Mapping[str, FloatArray]]]) -> bool:
    """Whether a tensor that is right, asked for here or not, would not have been."""
    return any(
        name in cooked and outcome.agrees(name) and not same(cooked[name], outcome.right[name])
        for outcome, cooked in pairs
        for name in outcome.right
    )


def _spoilt(recipe: Recipe, mismatch: Mismatch, pairs: Sequence[tuple[Outcome, Mapping[str, FloatArray]]]) -> int:
    """How many right tensors it would have made wrong, over all probes.

    What comes out without a mistake is not spoilt: an accepted variant of another tensor is no concern of this one. Nor
    is what came back just so: it is wrong too, where another check counts it.
    """
    return sum(
        name not in mismatch.wrong
        and not same(value, outcome.right[name])
        and not same(value, recipe.tensors(outcome, recipe.right)[name])
        and not same(value, mismatch.yours(outcome, name))
        for outcome, cooked in pairs
        for name, value in cooked.items()
    )
