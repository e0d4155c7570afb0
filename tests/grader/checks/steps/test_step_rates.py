"""An optimizer whose rate is another one, or changes from step to step, is told how far each of two steps goes."""

from dataclasses import replace

import pytest

from grader.grade import grade
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("hw2-layers-mlp")
PARTS = tuple(
    replace(part, checks=checks)
    for part in FOLDER.assignment.parts
    if (checks := tuple(check for check in part.checks if check.function == "SGD"))
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
LOOP = "        for layer in model.layerList:"
GIVEN = "a learningRate that is {} times the given one"


def _found(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    source = FOLDER.solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    wrong = [check.diagnosis for part in report.parts for check in part.checks if check.diagnosis]
    return [(found.code, str(found.evidence.get("found"))) for found in wrong]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("self.learningRate *= 0.99", f"{GIVEN.format(0.99)} in the first step and 0.9801 times in the second"),
        (
            "self.n = getattr(self, 'n', -1) + 1; self.learningRate /= 1 + self.n / 3",
            f"{GIVEN.format(1)} in the first step and 0.75 times in the second",
        ),
        (
            "self.first = getattr(self, 'first', self.learningRate); self.learningRate = 0.3 * self.first",
            GIVEN.format(0.3),
        ),
    ],
    ids=["each step", "after the first", "in all"],
)
def test_the_rate_of_each_step_is_told(line: str, told: str) -> None:
    assert _found((LOOP, f"        {line}\n{LOOP}")) == [("OTHER_FORMULA", told)]


def test_a_rate_that_differs_between_weights_and_biases_is_no_rate_of_the_step() -> None:
    line = "[setattr(each, 'grad_b', each.grad_b * 0.3) for each in model.layerList]"

    assert not any(found.startswith("a learningRate") for _, found in _found((LOOP, f"        {line}\n{LOOP}")))
