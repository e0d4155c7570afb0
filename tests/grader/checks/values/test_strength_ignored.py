"""A training that forgets the regularisation is told so of each number of it, beside another mistake too."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("cs231n-two-layer")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if check.function in {"two_steps", "loss_history"}))
    for part in FOLDER.assignment.parts
    if part.name == "train"
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
FORGOTTEN = ("self.loss(X[rows], y[rows], reg)", "self.loss(X[rows], y[rows])")
NOT_DECAYED = ("learning_rate *= learning_rate_decay", "learning_rate *= learning_rate_decay**iteration")


def _told(*changes: tuple[str, str]) -> dict[str, tuple[str, str]]:
    source = FOLDER.solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    checks = [check for part in report.parts for check in part.checks]
    return {c.function: (c.diagnosis.code, sentence(c)) for c in checks if c.diagnosis}


@pytest.mark.parametrize("changes", [(FORGOTTEN,), (FORGOTTEN, NOT_DECAYED)])
def test_the_losses_of_a_training_without_regularisation_are_told(changes: tuple[tuple[str, str], ...]) -> None:
    code, text = _told(*changes)["loss_history"]

    assert code == "REG_MISSING_IN_LOSS"
    assert "missing in loss_history: with a strength of 0 it is right" in text


def test_a_mistake_beside_it_is_told_too() -> None:
    code, text = _told(FORGOTTEN, NOT_DECAYED)["two_steps"]

    assert code == "RATE_NOT_DECAYED"
    assert text.endswith("Besides, the regularisation is missing.")


def test_another_strength_is_not_said_to_be_none() -> None:
    told = _told((FORGOTTEN[0], "self.loss(X[rows], y[rows], 3 * reg)"))

    assert not any("missing" in text for _, text in told.values())
