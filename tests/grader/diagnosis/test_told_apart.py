"""Formulas of class numbers that fit alike are not told: a few small numbers may be those of another formula."""

from dataclasses import replace

import pytest

from grader.diagnosis.softmax_classifier import FROM_ZERO
from grader.grade import grade
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("aarhus-net-classifier")
RIGHT = 'np.argmax(a1 @ params["W2"] + params["b2"], axis=1)'
SEEDS = [f"public:{number}" for number in range(1, 9)]


def _found(search: str, seed: str) -> str | None:
    """The formula that is told of a prediction; None where none is."""
    assert FOLDER.solution.count(RIGHT) == 1
    scores = RIGHT.removeprefix("np.argmax(").removesuffix(", axis=1)")
    source = FOLDER.solution.replace(RIGHT, search.format(scores=f"({scores})"))
    parts = tuple(part for part in FOLDER.assignment.parts if part.name == "predict")
    report = grade(
        replace(FOLDER, assignment=replace(FOLDER.assignment, parts=parts)), upload(source), InProcessSandbox(), seed
    )
    told = [
        check.diagnosis
        for check in report.parts[0].checks
        if (check.kind, check.function) == ("forward", "NetClassifier.predict") and check.diagnosis
    ]
    return next((str(each.evidence["found"]) for each in told if "found" in each.evidence), None)


@pytest.mark.parametrize(
    ("search", "formula"),
    [
        ("np.maximum({scores}, 0).argmax(axis=1)", FROM_ZERO),
        ("np.c_[np.zeros(len(X)), {scores}[:, 1:]].argmax(axis=1)", FROM_ZERO),
        ("{scores}[:, 1:].argmax(axis=1) + 1", "the class with the largest score of all but class 0"),
        ("{scores}[:, :-1].argmax(axis=1)", "the class with the largest score of all but the last class"),
    ],
)
def test_nothing_is_told_where_another_formula_fits_as_well(search: str, formula: str) -> None:
    found = {_found(search, seed) for seed in SEEDS}

    assert formula in found
    assert found <= {formula, None}
