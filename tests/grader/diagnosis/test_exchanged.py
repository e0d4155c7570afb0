"""A gradient that is another one is told so, whatever its shape."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding

Examine = Callable[..., Finding]

BACKWARD = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    dw_h, db_h, dw_o, db_o = x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
    return {result}
"""


@pytest.mark.parametrize("kind", ["contract", "gradient"])
@pytest.mark.parametrize(
    ("result", "code", "found"),
    [
        ("dw_h, db_o, dw_o, db_h", "GRADIENTS_SWAPPED", None),
        ("dw_o, db_h, dw_h, db_o", "GRADIENTS_SWAPPED", None),
        ("dw_h, db_o, dw_o, db_o", "OTHER_FORMULA", "the right db_o"),
        ("dw_h, db_h, dw_o, db_h", "OTHER_FORMULA", "the right db_h"),
    ],
)
def test_what_it_holds_is_said(kind: str, result: str, code: str, found: str | None, examine: Examine) -> None:
    diagnosis = examine(kind, "backward_prop", BACKWARD.format(result=result)).result.diagnosis

    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.get("found")) == (code, found)


@pytest.mark.parametrize("result", ["dw_h, 2 * db_o, dw_o, db_o", "dw_h, 0 * db_o, dw_o, db_o"])
def test_something_like_another_is_not_it(result: str, examine: Examine) -> None:
    diagnosis = examine("gradient", "backward_prop", BACKWARD.format(result=result)).result.diagnosis

    assert diagnosis is not None
    assert diagnosis.code == "SHAPE"
