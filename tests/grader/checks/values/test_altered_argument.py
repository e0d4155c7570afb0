"""Numbers that are the right ones of an altered argument are told by what was done to it, and by nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.checks.subject import Finding
from grader.report import Report
from reference.catalog import Catalog

Examine = Callable[..., Finding]

FORWARD = "f = forward_prop\ndef forward_prop(x, w_h, b_h, w_o, b_o): return f({})"
BACKWARD = "g = backward_prop\ndef backward_prop(x, t, w_h, b_h, w_o, b_o): return g({})"


@pytest.mark.parametrize(
    ("kind", "function", "code", "found", "name"),
    [
        ("forward", "forward_prop", FORWARD.format("x, np.round(w_h, 2), b_h, w_o, b_o"), "np.round(w_h, 2)", "w_h"),
        ("forward", "forward_prop", FORWARD.format("x, w_h, b_h, abs(w_o), b_o"), "np.abs(w_o)", "w_o"),
        # small biases are 0 when they are rounded, too
        ("gradient", "backward_prop", BACKWARD.format("x, t, w_h, 0 * b_h, w_o, b_o"), "0 in the place of b_h", "b_h"),
        ("gradient", "backward_prop", BACKWARD.format("x, t, w_h / 2, b_h, w_o, b_o"), "w_h / 2", "w_h"),
        ("gradient", "backward_prop", BACKWARD.format("x, t, w_h, b_h, w_o[::-1], b_o"), "w_o[::-1]", "w_o"),
    ],
)
def test_what_was_done_to_an_argument_is_told(
    kind: str, function: str, code: str, found: str, name: str, examine: Examine
) -> None:
    diagnosis = examine(kind, function, code).result.diagnosis

    assert diagnosis is not None
    assert diagnosis.code == "OTHER_FORMULA"
    assert (diagnosis.evidence["found"], diagnosis.evidence["asked"]) == (found, f"{name} as it is given")


@pytest.mark.parametrize(
    "code",
    [
        FORWARD.format("np.sin(x), w_h, b_h, w_o, b_o"),  # nothing that is on the list
        FORWARD.format("np.round(x, 2), np.round(w_h, 2), b_h, w_o, b_o"),  # two arguments
        FORWARD.format("np.round(x, 2), w_h, b_h, w_o, b_o") + " if len(x) > 1 else f(x, w_h, b_h, w_o, b_o)",
    ],
)
def test_what_makes_some_numbers_only_is_not_told(code: str, examine: Examine) -> None:
    diagnosis = examine("forward", "forward_prop", code).result.diagnosis

    assert diagnosis is not None
    assert "as it is given" not in str(diagnosis.evidence.get("asked"))


def test_class_numbers_and_shares_of_right_ones_are_too_few_to_tell(graded: Callable[..., Report]) -> None:
    folder = Catalog.builtin().get("aarhus-net-classifier")
    parts = tuple(part for part in folder.assignment.parts if part.name == "predict")
    quick = replace(folder, assignment=replace(folder.assignment, parts=parts))
    change = ('a1 = relu(X @ params["W1"] + params["b1"])', 'a1 = relu(X @ params["W1"])')
    assert folder.solution.count(change[0]) == 1
    report = graded(folder.solution.replace(*change), folder=quick)
    found = [check.diagnosis for part in report.parts for check in part.checks if check.diagnosis]

    assert found
    assert not any("as it is given" in str(each.evidence.get("asked")) for each in found)
