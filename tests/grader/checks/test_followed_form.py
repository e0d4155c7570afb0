"""Of several right forms a file follows one as a whole, also where it is judged by its own earlier functions."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import note_sentence
from grader.report import Report
from reference.catalog import AssignmentFolder, Catalog
from tests.fakes.in_process import InProcessSandbox, upload

EXPONENTIALS = "return e / e.sum(axis=1, keepdims=True)"
SCORES = "scores = a1 @ W2 + b2"
WRONG = {
    "aarhus-net-classifier": (EXPONENTIALS, f"{EXPONENTIALS} ** 2"),
    "cs231n-two-layer": (SCORES, f"{SCORES} * 2"),
}
COST = {"aarhus-net-classifier": "cost", "cs231n-two-layer": "loss"}
HALF_COST = ("reg * (np.sum(W1**2) + np.sum(W2**2))", "reg / 2 * (np.sum(W1**2) + np.sum(W2**2))")
HALF = (HALF_COST, ("2 * reg * W1", "reg * W1"), ("2 * reg * W2", "reg * W2"))


def _report(slug: str, *changes: tuple[str, str]) -> Report:
    folder = Catalog.builtin().get(slug)
    return grade(_judged_alone(folder), upload(_changed(folder.solution, *changes)), InProcessSandbox(), "public:1")


def _judged_alone(folder: AssignmentFolder) -> AssignmentFolder:
    parts = tuple(part for part in folder.assignment.parts if part.name not in {"fit", "history", "train"})
    return replace(folder, assignment=replace(folder.assignment, parts=parts))


def _changed(source: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def _told(report: Report) -> list[str]:
    """What is said last of each function that was graded on its own."""
    own = [note_sentence(note) for note in report.notes if note.code == "GRADED_ON_OWN"]
    return [text.rpartition(". ")[2] for text in own if ". That" in text]


def _lost(report: Report, part: str) -> set[str]:
    found = next(each for each in report.parts if each.name == part)
    return {check.diagnosis.code for check in found.checks if check.diagnosis}


@pytest.mark.parametrize("slug", sorted(WRONG))
def test_a_cost_of_one_form_with_gradients_of_another_is_wrong_given_wrong_functions_too(slug: str) -> None:
    report = _report(slug, WRONG[slug], HALF_COST)

    assert _lost(report, COST[slug]) == {"REG_SCALE"}
    assert _lost(report, "gradients") == set()
    assert _told(report) == ["That is so in d_w1, d_b1, d_w2 and d_b2 only."]


@pytest.mark.parametrize("changes", [HALF, ()], ids=["half", "as asked"])
@pytest.mark.parametrize("slug", sorted(WRONG))
def test_either_form_is_right_given_wrong_functions(slug: str, changes: tuple[tuple[str, str], ...]) -> None:
    report = _report(slug, WRONG[slug], *changes)

    assert _lost(report, COST[slug]) == _lost(report, "gradients") == set()
    assert _told(report) == []
