"""Which tensors a step of a recipe reaches: what is left to two wrong steps can only be of both."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray, same
from grader.diagnosis.recipe import Recipe, Step, Ways


def reach(recipe: Recipe, steps: Sequence[Step], outcomes: Sequence[Outcome], right: Ways) -> Mapping[str, set[str]]:
    """For each step by name the tensors that one of its wrong ways changes, on one outcome at least.

    A step that changes nothing alone may still do so beside another: it reaches all.
    """
    usual = [
        {name: value for name, value in recipe.tensors(outcome, right).items() if np.isfinite(value).all()}
        for outcome in outcomes
    ]
    names = set().union(*usual)
    return {
        step.name: _changed(recipe, step, list(zip(outcomes, usual, strict=True)), right) or names for step in steps
    }


def _changed(
    recipe: Recipe, step: Step, before: Sequence[tuple[Outcome, Mapping[str, FloatArray]]], right: Ways
) -> set[str]:
    changed: set[str] = set()
    for outcome, usual in before:
        for way in step.wrong:
            if len(changed) == len(usual):
                break
            cooked = recipe.tensors(outcome, {**right, step.name: way.use})
            changed |= {name for name in usual if name not in cooked or not same(usual[name], cooked[name])}
    return changed
