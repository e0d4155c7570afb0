"""A perceptron of any depth: one definition is several functions, one for each activation and depth."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
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


SPOILT = {
    "probs": ("delta = (probs - T) / len(T)", "probs -= T\n    delta = probs / len(T)"),
    "activations": (".T) * slope\n", ".T) * slope\n            a *= 2\n"),
    "inputs": (".T) * slope\n", ".T) * slope\n            inputs[i - 1] = 2 * a\n"),
}
LEFT_ALONE = {
    "copy": ("delta = (probs - T) / len(T)", "delta = probs.copy()\n    delta -= T\n    delta /= len(T)"),
    "popped": ("slope = {", "pre.pop()\n            slope = {"),
    "read once": ("(inputs, pre, probs, params, act)\n", "iter((inputs, pre, probs, params, act))\n"),
    "float32": ("delta = (probs - T) / len(T)", "delta = (probs - T).astype(np.float32) / len(T)"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_cache_that_backward_spoils_costs_its_contract(spoilt: str) -> None:
    report = _report(*SPOILT[spoilt])
    lost = [c for part in report.parts for c in part.checks if c.points.given < c.points.maximum]

    assert [(c.kind, c.function) for c in lost] == [("contract", "backward_relu_2")]
    assert "changes its argument cache in place" in sentence(lost[0])


@pytest.mark.parametrize("kept", LEFT_ALONE)
def test_a_cache_that_is_left_alone_or_read_once_costs_nothing(kept: str) -> None:
    report = _report(*LEFT_ALONE[kept])

    assert report.score.given == report.score.maximum
