"""A perceptron of any depth: one definition is several functions, one for each activation and depth."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-mlp")
PARTS = tuple(part for part in FOLDER.assignment.parts if not any(isinstance(c, Training) for c in part.checks))
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))


def _report(before: str, after: str) -> Report:
    assert before in FOLDER.solution
    return grade(QUICK, upload(FOLDER.solution.replace(before, after)), InProcessSandbox(), "public:1")


@pytest.mark.parametrize(
    ("before", "after", "own", "others"),
    [
        ("    layers = len(params) // 2\n", "    raise ValueError('no')\n", "forward", {"gradients"}),
        ('"""The gradients of', 'raise ValueError("no")\n    """The gradients of', "gradients", set()),
    ],
)
def test_what_raises_is_blamed_on_no_other_form_of_itself(before: str, after: str, own: str, others: set[str]) -> None:
    report = _report(before, after)
    codes = {part.name: {check.diagnosis.code for check in part.checks if check.diagnosis} for part in report.parts}

    assert codes[own] == {"RAISED"}
    assert all(codes[name] == {"RAISED_IN"} for name in others)
