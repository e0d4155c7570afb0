"""A function as a recipe of steps, each with the ways it is done wrong: one wrong step, or two, make a known mistake.

What a student returned is compared with what the reference's numbers give when a step is done in a wrong way. A way
explains a tensor when it matches on every probe: where the tensor is wrong, and where it happens to be right.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray, Mismatch, same
from grader.diagnosis.mistake import UNNAMED
from reference.spec import Operation

Ways = Mapping[str, Callable[..., Any]]
"""For each step, how it is done."""


NEAR = 1e-4
"""What the largest entries of two arrays differ by at most where the arrays agree to float32, with a margin of 10."""

FEWEST_NUMBERS = 2
"""A single number, such as one loss, is explained by chance too easily."""

WAYS_TO_PAIR = 100
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


ONCE = "once"
"""Beside the steps: how a recipe calls a function whose result other candidates share; see `Once`."""

MOST_KEPT = 10_000
"""Results that are kept at a time: a few megabytes."""


ACCEPTED = "accepted"
"""The code of a way that is accepted too. It is no mistake, but beside one it may be what the numbers were made with;
it holds for all tensors alike or not at all."""


@dataclass(frozen=True, slots=True)
class Way:
    """One wrong way to do a step. found: the expression it stands for, in the student's terms."""

    code: str
    found: str
    use: Callable[..., Any]


def formula(found: str, use: Callable[..., Any]) -> Way:
    """A way that has no code of its own: it is named by the formula."""
    return Way("OTHER_FORMULA", found, use)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its right way, the expression asked for, and the ways it is done wrong."""

    name: str
    asked: str
    right: Callable[..., Any]
    wrong: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The steps of a function, and how its tensors come out of one outcome's arguments when they are done so."""

    steps: tuple[Step, ...]
    cook: Callable[[Outcome, Ways], Mapping[str, FloatArray]]

    @property
    def right(self) -> Ways:
        """Every step done right."""
        return {step.name: step.right for step in self.steps}

    def with_ways(self, wrong: Sequence[tuple[Step, Way]]) -> "Recipe":
        """The recipe whose steps are done in these wrong ways; they have no other ways any more."""
        use = {step.name: way.use for step, way in wrong}
        steps = tuple(replace(s, right=use[s.name], wrong=()) if s.name in use else s for s in self.steps)
        return replace(self, steps=steps)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The wrong steps that explain some tensors."""

    wrong: tuple[tuple[Step, Way], ...]
    tensors: tuple[str, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its mistakes."""
        return frozenset(way.code for _, way in self.wrong)

    def and_also(self, other: "Explanation | None") -> "Explanation | None":
        """These wrong steps and those of `other`, for the tensors of `other`."""
        return Explanation((*self.wrong, *other.wrong), other.tensors) if other is not None else None


class Once:
    """Calls a function once for the same objects: candidates differ in a step or two and share what comes before."""

    def __init__(self) -> None:
        self._done: dict[tuple[Any, ...], tuple[Any, tuple[Any, ...]]] = {}

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What it returns, or returned for them before."""
        key = (function, *map(id, arguments))
        done = self._done.get(key)
        if done is None:
            if len(self._done) >= MOST_KEPT:
                self._done.clear()
            # The arguments are kept beside what came of them: so long no other object has their ids.
            done = self._done[key] = function(*arguments), arguments
        return done[0]


def each_time(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function returns: for whoever cooks one candidate only."""
    return function(*arguments)


def explanation(recipe: Recipe, mismatch: Mismatch, tensors: Sequence[str], mistakes: int) -> Explanation | None:
    """The `mistakes` wrong steps that explain most of `tensors`; None where none does, or where two disagree.

    Of explanations that are equally good, only the mistakes that all of them share are named.
    """
    found = list(explanations(recipe, mismatch, tensors, mistakes))
    if not found:
        return None
    best = max(_rank(explained) for explained in found)
    first, *others = [explained for explained in found if _rank(explained) == best]
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


def _rank(explained: tuple[Explanation, int]) -> tuple[int, int, int]:
    """Most tensors explained, then fewest right ones spoilt, then most mistakes that have a name."""
    return len(explained[0].tensors), -explained[1], sum(way.code not in UNNAMED for _, way in explained[0].wrong)


def explanations(
    recipe: Recipe, mismatch: Mismatch, tensors: Sequence[str], mistakes: int
) -> Iterator[tuple[Explanation, int]]:
    """Every choice of wrong steps that explains a tensor, with the number of right tensors it would have spoilt."""
    first = next((o for o in mismatch.readable if any(not o.agrees(name) for name in tensors)), None)
    steps_of = recipe.steps if mistakes == 1 else _common(recipe)
    if first is None:
        return
    others = [outcome for outcome in mismatch.readable if outcome is not first]
    peaks = {name: _peak(mismatch.yours(first, name)) for name in tensors}
    right: Ways = {**recipe.right, ONCE: Once()}
    for steps in combinations(steps_of, mistakes):
        for ways in product(*(step.wrong for step in steps)):
            if mistakes > 1 and all(way.code in UNNAMED for way in ways):  # two formulas fit too much
                continue
            use = {**right, **{step.name: way.use for step, way in zip(steps, ways, strict=True)}}
            cooked = _cooked(recipe, first, use)
            near = [name for name in tensors if name in cooked and _near(cooked[name], peaks[name])]
            left = [name for name in near if _matches(mismatch, first, name, cooked)]
            if not left:
                continue
            pairs = [(first, cooked), *((outcome, _cooked(recipe, outcome, use)) for outcome in others)]
            left = [name for name in left if _confirmed(mismatch, name, pairs)]
            spoilt = _spoilt(recipe, mismatch, pairs) if left else 0
            if any(way.code == ACCEPTED for way in ways) and _contradicted(pairs):
                continue
            if left and (not spoilt or mismatch.function.operation in BY_TENSOR):
                yield Explanation(tuple(zip(steps, ways, strict=True)), tuple(left)), spoilt


def _cooked(recipe: Recipe, outcome: Outcome, use: Ways) -> Mapping[str, FloatArray]:
    """The tensors, or none where wrong steps do not fit together."""
    try:
        cooked = recipe.cook(outcome, use)
    except (ValueError, IndexError, TypeError, KeyError):  # shapes that do not fit, values a student never gave
        return {}
    return {name: np.asarray(value, dtype=np.float64) for name, value in cooked.items()}


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

    What comes out without a mistake is not spoilt: an accepted variant of another tensor is no concern of this one.
    """
    return sum(
        name not in mismatch.wrong
        and not same(value, outcome.right[name])
        and not same(value, _cooked(recipe, outcome, recipe.right)[name])
        for outcome, cooked in pairs
        for name, value in cooked.items()
    )
