"""Examples with the labels of others are told beside a wrong gradient too, and of no loop that pairs them rightly."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Diagnosis
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-mlp")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
    for part in FOLDER.assignment.parts
    if part.name in {"gradients", "training"}
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
MIXED = ("T[rows])", "T[start : start + batch_size])")
DELTA = "delta = (probs - T) / len(T)"
GRADIENTS = {
    "right": DELTA,
    "divided by classes": "delta = (probs - T) / T.shape[1]",
    "half": "delta = (probs - T) / len(T) * (1 + 0.5 * probs)",
}


def _said(*changes: tuple[str, str]) -> Diagnosis | None:
    source = FOLDER.solution
    for before, after in changes:
        assert source.count(before) == 1
        source = source.replace(before, after)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    (check,) = [c for part in report.parts for c in part.checks if c.kind == "update_rule"]
    return check.diagnosis


@pytest.mark.parametrize("gradient", GRADIENTS)
def test_labels_of_others_are_told_whatever_the_gradient(gradient: str) -> None:
    found = _said(MIXED, (DELTA, GRADIENTS[gradient]))

    assert found is not None
    assert found.code == "LABELS_OF_OTHERS"


@pytest.mark.parametrize("gradient", GRADIENTS)
def test_a_loop_that_keeps_them_together_is_not_told_so(gradient: str) -> None:
    assert _said((DELTA, GRADIENTS[gradient])) is None
