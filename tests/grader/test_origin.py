"""What a class does not give is told with its method or attribute, and costs none of the results that it gives."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import PartResult, Verdict
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

WHOLE = Catalog.builtin().get("hw2-layers-mlp")
FOLDER = replace(WHOLE, assignment=replace(WHOLE.assignment, parts=WHOLE.assignment.parts[:2]))
NOT_SET = "FCLayer.backward does not put a result into self.grad_W: after it, that is "
SILENT = "returns no value: it is not finished, or lacks a return; print gives nothing back."


def lost(part: PartResult) -> dict[str, str]:
    """What is said of each check that is not passed, by its kind."""
    return {check.kind: sentence(check) for check in part.checks if check.verdict is not Verdict.PASSED}


@pytest.mark.parametrize(
    ("changes", "left", "points", "kinds"),
    [
        ([("self.grad_W", "self.gradW")], "missing.", 12, {"contract", "gradient"}),
        ([("self.grad_W = np.zeros_like(self.W)", "self.grad_W = None")], "None.", 12, {"contract", "gradient"}),
        ([], "zeros only.", 14, {"gradient"}),
    ],
)
def test_a_gradient_that_is_not_where_it_belongs_costs_itself(
    changes: list[tuple[str, str]], left: str, points: float, kinds: set[str]
) -> None:
    source = FOLDER.solution
    for old, new in [*changes, ("self.grad_W = self.Input.T", "grad_W = self.Input.T")]:
        source = source.replace(old, new)

    layer, relu = grade(FOLDER, upload(source), InProcessSandbox(), "public:1").parts

    assert lost(layer) == dict.fromkeys(kinds, NOT_SET + left)
    assert layer.points.given == points
    assert relu.points.given == relu.points.maximum


def test_a_method_that_returns_nothing_is_named_and_the_other_is_paid() -> None:
    head, name, rest = FOLDER.solution.partition("class ReLULayer")
    source = head + name + rest.replace("return delta * ", "delta * ", 1)

    layer, relu = grade(FOLDER, upload(source), InProcessSandbox(), "public:1").parts

    assert lost(relu) == dict.fromkeys(("contract", "gradient"), f"ReLULayer.backward {SILENT}")
    assert 0 < relu.points.given < relu.points.maximum
    assert layer.points.given == layer.points.maximum


def test_of_a_class_that_gives_nothing_the_first_method_is_named() -> None:
    head, name, rest = FOLDER.solution.partition("class ReLULayer")
    source = head + name + rest.replace("return ", "", 2)

    relu = grade(FOLDER, upload(source), InProcessSandbox(), "public:1").parts[1]

    assert relu.points.given == 0
    assert set(lost(relu).values()) == {f"ReLULayer.forward {SILENT}"}


def test_a_function_that_prints_its_result_is_told_that_it_returns_none() -> None:
    folder = Catalog.builtin().get("ece421-numpy-nn")
    source = folder.solution.replace("return np.maximum(x, 0)", "print(np.maximum(x, 0))")

    check = grade(folder, upload(source), InProcessSandbox(), "public:1").parts[0].checks[0]

    assert sentence(check) == f"relu {SILENT}"
