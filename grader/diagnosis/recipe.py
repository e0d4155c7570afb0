"""A function as a recipe of steps, each with the ways it is done wrong: one wrong step or two make a known mistake."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray

Ways = Mapping[str, Callable[..., Any]]
"""For each step, how it is done."""


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

    def tensors(self, outcome: Outcome, use: Ways) -> Mapping[str, FloatArray]:
        """What comes out of an outcome's arguments, or nothing where wrong steps do not fit together."""
        try:
            cooked = self.cook(outcome, use)
        except (ValueError, IndexError, TypeError, KeyError):  # shapes that do not fit, values a student never gave
            return {}
        return {name: np.asarray(value, dtype=np.float64) for name, value in cooked.items()}


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
