"""Which tensors a step reaches, told by doing it wrong."""

from typing import cast

import numpy as np
import pytest

from grader.comparison import Outcome
from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.reach import reach
from grader.diagnosis.recipe import Recipe, Step, Ways, formula

ANY = cast(Outcome, None)  # these recipes look at no outcome
ONE, TWO, UNSEEN, BROKEN = (
    Step("one", "1", lambda: 1.0, (formula("1 again", lambda: 1.0), formula("2", lambda: 2.0))),
    Step("two", "1", lambda: 1.0, (formula("3", lambda: 3.0),)),
    Step("unseen", "1", lambda: 1.0, (formula("1 again", lambda: 1.0),)),
    Step("broken", "1", lambda: 1.0, (formula("no number", lambda: "x"),)),
)


def _cook(_: Outcome, use: Ways) -> dict[str, FloatArray]:
    """`first` is made of one step, `second` of two, and `hopeless` is never a number."""
    one, two = use["one"](), use["two"]()
    broken = use.get("broken", lambda: 1.0)()
    return {
        "first": np.asarray(one),
        "second": np.asarray(one + two + float(broken)),
        "hopeless": np.asarray(np.nan * one),
    }


def _reach(*steps: Step) -> dict[str, set[str]]:
    recipe = Recipe(steps, _cook)
    return dict(reach(recipe, steps, [ANY], recipe.right))


def test_a_step_reaches_what_one_of_its_wrong_ways_changes() -> None:
    assert _reach(ONE, TWO) == {"one": {"first", "second"}, "two": {"second"}}


def test_a_step_that_changes_nothing_alone_reaches_all_that_has_numbers() -> None:
    assert _reach(ONE, TWO, UNSEEN)["unseen"] == {"first", "second"}


def test_a_way_that_does_not_fit_reaches_all_that_it_leaves_without_numbers() -> None:
    assert _reach(ONE, TWO, BROKEN)["broken"] == {"first", "second"}


@pytest.mark.parametrize("outcomes", [[], [ANY, ANY]])
def test_every_step_is_told_of(outcomes: list[Outcome]) -> None:
    recipe = Recipe((ONE, TWO), _cook)

    assert set(reach(recipe, recipe.steps, outcomes, recipe.right)) == {"one", "two"}
