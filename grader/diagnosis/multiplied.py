"""A wrong step beside a wrong factor: what was returned is a multiple of what that step makes.

So two wrong steps are found that have no name of their own, or are too many to be paired with all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.explanation import Explanation, best, explanations
from grader.diagnosis.mismatch import FloatArray, Mismatch, same
from grader.diagnosis.recipe import ACCEPTED, ONCE, Once, Recipe, Step, Way, Ways

FACTORS = frozenset({"average", "loss_average", "back_average", "sign", "back_sign", "factor", "back_factor"})
"""Steps of recipes that multiply everything by one number."""

MOST = 8
"""First steps that are tried with all factors: more than that are multiples of each other only where all is 0."""


def multiplied(recipe: Recipe, mismatch: Mismatch, tensors: Sequence[str]) -> Explanation | None:
    """A wrong step and a wrong factor beside it that explain most of `tensors`; None where none do."""
    first = next((o for o in mismatch.readable if any(not o.agrees(name) for name in tensors)), None)
    factors = [step for step in recipe.steps if step.name in FACTORS]
    alone = list(_multiples(recipe, mismatch, first, tensors)) if first is not None and factors else []
    if len(alone) > MOST:
        return None
    found: list[tuple[Explanation, int]] = []
    for step, way, within in alone:
        beside = recipe.with_ways([(step, way)])
        only = replace(beside, steps=tuple(s if s.name in FACTORS else replace(s, wrong=()) for s in beside.steps))
        for factor, spoilt in explanations(only, mismatch, within, 1):
            found.append((Explanation(((step, way), *factor.wrong), factor.tensors), spoilt))
    return best(found)


def _multiples(
    recipe: Recipe, mismatch: Mismatch, outcome: Outcome, tensors: Sequence[str]
) -> Iterator[tuple[Step, Way, Sequence[str]]]:
    """Each wrong step of which some of the tensors are a multiple in one outcome, with those."""
    right: Ways = {**recipe.right, ONCE: Once()}
    wrong = [name for name in tensors if not outcome.agrees(name)]
    for step in recipe.steps:
        for way in step.wrong if step.name not in FACTORS else ():
            if way.code == ACCEPTED:
                continue
            cooked = recipe.tensors(outcome, {**right, step.name: way.use})
            within = [
                name for name in wrong if name in cooked and _is_multiple(mismatch.yours(outcome, name), cooked[name])
            ]
            if within:
                yield step, way, within


def _is_multiple(yours: FloatArray, other: FloatArray) -> bool:
    """Whether an array of several numbers is another one times a number; any number is of any other."""
    if yours.shape != other.shape or yours.size < 2 or not np.all(np.isfinite(other)):
        return False
    at = np.unravel_index(int(np.argmax(np.abs(other))), other.shape)
    return bool(other[at]) and bool(yours[at]) and same(yours, other * (yours[at] / other[at]))
