"""Attempts to be excused from what one answers wrongly: by letting another function seem to fail, or really fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from grader.checks import CHECKS
from grader.checks.training.training import KIND
from grader.grade import grade
from grader.report import Verdict
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
from reference.spec import Check, Training
from tests.hostile.arena import ATTACKS, SEED, Arena, names


@dataclass(frozen=True)
class Denied:
    """The parts that are graded, the check that must not be passed (its kind and function), and the points in all.

    slug: of the assignment. kept: of the check, for what it does as asked.
    """

    parts: tuple[str, ...]
    kind: str
    function: str
    given: float
    slug: str = "ece421-numpy-nn"
    kept: float = 0.0


GRADIENT = ("softmax", "grad_ce")
NETWORK = ("grad_ce", "backward_prop")

OUTCOMES: Mapping[str, Denied] = {
    # softmax answers every question it is asked in its own part, so the gradient alone is at fault and earns nothing
    "answers_to_fit": Denied(GRADIENT, "gradient", "grad_ce", 14.0),
    "forges_another": Denied(GRADIENT, "gradient", "grad_ce", 14.0),
    "raises_inside_another": Denied(GRADIENT, "gradient", "grad_ce", 14.0),
    "raises_once_asked": Denied(GRADIENT, "gradient", "grad_ce", 12.0),
    # an earlier function is sacrificed, and nothing is won by that
    "always_on": Denied(NETWORK, "gradient", "backward_prop", 20.0),
    "always_on_but_one": Denied(NETWORK, "gradient", "backward_prop", 20.0),
    "on_by_their_places": Denied(NETWORK, "gradient", "backward_prop", 20.0),
    "empty_forward": Denied(NETWORK, "gradient", "backward_prop", 20.0),
    "empty_softmax": Denied(GRADIENT, "gradient", "grad_ce", 4.0),
    "raises_for_many": Denied(GRADIENT, "gradient", "grad_ce", 0.0),
    # the derivative of one's own loss would keep half, had that loss seen the data
    "squared_weights": Denied(("gradient", "stability"), "gradient", "softmax_classifier", 0.0, "hw2-softmax"),
    "data_when_asked_again": Denied(("gradient", "stability"), "gradient", "softmax_classifier", 0.0, "hw2-softmax"),
    # nor is nonsense that derivative because the loss remembers where it was given, or where the first step began
    "rises_by_nonsense": Denied(("gradient", "stability"), "gradient", "softmax_classifier", 0.0, "hw2-softmax"),
    "rises_from_where_it_began": Denied(
        ("gradients",), "gradient", "NetClassifier.cost_grad", 0.0, "aarhus-net-classifier"
    ),
    # the training is judged by a gradient that was right when it was asked before
    "gradient_to_fit": Denied(("backward_prop", "training"), "update_rule", "train", 25.0),
    "runs_away": Denied(("backward_prop", "training"), "update_rule", "train", 25.0),
    # the weights are there at any rate, and the steps, which are lawful by a gradient of nonsense, lead nowhere
    "solved_for": Denied(("training",), "training", "train", 6.0),
    # what is recorded is what its own functions give, whatever they are given: one number an epoch, and no right one
    "records_nothing": Denied(("history",), "history", "NetClassifier.fit", 5.0, "aarhus-net-classifier", 5.0),
    # what the grader itself might stumble over
    "echo_of_nothing": Denied(("relu",), "contract", "relu", 6.0),
    "resized_in_place": Denied(("train",), "forward", "three_iterations", 0.0, "cs231n-two-layer"),
    "helpers_of_another_shape": Denied(("backward_prop",), "forward", "forward_prop", 2.0),
}


def _untrained(checks: Sequence[Check]) -> list[Check]:
    """The checks but for long trainings, which deny nothing here."""
    return [check for check in checks if not isinstance(check, Training)]


def _short(check: Check) -> Check:
    """A training without the shorter ones that draw its curve."""
    return replace(check, curve_epochs=()) if isinstance(check, Training) else check


def test_every_attack_has_an_outcome() -> None:
    assert names("excuse") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    outcome = OUTCOMES[attack]
    whole = Catalog.builtin().get(outcome.slug)
    parts = tuple(
        replace(part, checks=tuple(map(_short, part.checks if outcome.kind == KIND else _untrained(part.checks))))
        for part in whole.assignment.parts
        if part.name in outcome.parts
    )
    folder = replace(whole, assignment=replace(whole.assignment, parts=parts, layout_function=None))
    source = (ATTACKS / "excuse" / f"{attack}.py").read_text("utf-8")

    report = arena.beside(lambda: grade(folder, Upload((SourceFile("attack.py", source),)), arena.sandbox, SEED))

    kinds = {CHECKS[type(spec)][0] for part in parts for spec in part.checks}
    assert outcome.kind in kinds
    denied = [
        check
        for part in report.parts
        for check in part.checks
        if (check.kind, check.function) == (outcome.kind, outcome.function)
    ]
    assert [(check.verdict is Verdict.PASSED, check.points.given) for check in denied] == [(False, outcome.kept)]
    assert report.score.given == outcome.given
    arena.assert_untouched()
