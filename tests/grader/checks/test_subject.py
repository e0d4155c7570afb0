"""Where nobody reads why a check is not passed, it earns what it earns, and nothing is looked for."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict

Examine = Callable[..., Finding]

TOTAL = "def average_ce(t, p): return -np.sum(t * np.log(p))\n"
HALF_RIGHT = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, _, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = d_o @ w_o.T
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
"""


@pytest.mark.parametrize(
    ("kind", "function", "code"),
    [
        ("gradient", "backward_prop", ""),
        ("gradient", "backward_prop", HALF_RIGHT),
        ("gradient", "grad_ce", TOTAL + "def grad_ce(t, z): return softmax(z) - t"),
        ("gradient", "grad_ce", "def grad_ce(t, z): return softmax(z) - t"),
        ("forward", "relu", "def relu(x): return np.abs(x)"),
        ("forward", "relu", "def relu(x): raise ValueError"),
        ("stability", "softmax", "def softmax(z): return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)"),
    ],
)
def test_points_do_not_depend_on_who_reads_why(kind: str, function: str, code: str, examine: Examine) -> None:
    told, silent = (examine(kind, function, code, points_only=only).result for only in (False, True))

    assert silent.points == told.points
    assert silent.diagnosis is None
    assert (told.diagnosis is None) == (told.verdict is Verdict.PASSED)
