"""A function that raises on some inputs is told what is wrong where it answers; nothing where it is right there."""

from collections.abc import Callable, Mapping

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict

Examine = Callable[..., Finding]

PROVEN = frozenset({"relu", "softmax", "compute_layer", "grad_ce", "forward_prop"})
TEN_ONLY = """
g = backward_prop
def backward_prop(x, t, w_h, b_h, w_o, b_o):
    if t.shape[1] != 10:
        raise ValueError("ten classes")
    return {}
"""


def _also(result: Finding) -> list[str]:
    found = result.result.diagnosis
    assert found is not None
    told = found.evidence.get("also", [])
    assert isinstance(told, list)
    return [str(one["code"]) for one in told if isinstance(one, Mapping)]


def test_the_mistake_in_what_is_answered_stands_beside_the_raise(examine: Examine) -> None:
    wrong = TEN_ONLY.format("tuple(len(x) * d for d in g(x, t, w_h, b_h, w_o, b_o))")
    finding = examine("gradient", "backward_prop", wrong, proven=PROVEN)

    assert finding.result.verdict is Verdict.RAISED
    assert _also(finding) == ["TOTAL_NOT_MEAN"]


@pytest.mark.parametrize(
    "returned",
    [
        "tuple(d + np.cos(x).sum() / 9 for d in g(x, t, w_h, b_h, w_o, b_o))",  # wrong in a way that nobody knows
        "g(x, t, w_h, b_h, w_o, b_o)",
    ],
)
def test_nothing_is_added_where_no_mistake_is_known(returned: str, examine: Examine) -> None:
    assert _also(examine("gradient", "backward_prop", TEN_ONLY.format(returned), proven=PROVEN)) == []


def test_a_function_that_never_answers_is_asked_no_more(examine: Examine) -> None:
    always = "calls = []\ndef backward_prop(*a):\n    calls.append(a)\n    raise ValueError(str(len(calls)))"
    finding = examine("gradient", "backward_prop", always, proven=PROVEN)

    assert _also(finding) == []
    assert "ValueError: 1" in str(finding.result.exception)


def test_what_is_built_on_functions_that_may_be_wrong_is_told_the_raise_alone(examine: Examine) -> None:
    wrong = TEN_ONLY.format("tuple(len(x) * d for d in g(x, t, w_h, b_h, w_o, b_o))")

    assert _also(examine("gradient", "backward_prop", wrong, proven=frozenset({"relu"}))) == []
