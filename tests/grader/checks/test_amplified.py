"""Where the loss is huge, a measured derivative loses its digits and a derivative worked out does not."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict

Examine = Callable[..., Finding]

FOUR_POINTS = """
def _loss(z, t):
    z = z - z.max(axis=1, keepdims=True)
    return -np.sum(t * (z - np.log(np.exp(z).sum(axis=1, keepdims=True)))) / len(z)

def _measured(f, a, h=1e-3):
    g = np.zeros_like(a)
    for i in np.ndindex(*a.shape):
        for weight, steps in ((1, -2), (-8, -1), (8, 1), (-1, 2)):
            moved = a.copy()
            moved[i] += steps * h
            g[i] += weight * f(moved) / (12 * h)
    return g
"""


def test_a_four_point_formula_is_precise_enough_to_pass_and_is_flagged(examine: Examine) -> None:
    code = FOUR_POINTS + "def grad_ce(target, logits):\n    return _measured(lambda z: _loss(z, target), logits)\n"
    finding = examine("gradient", "grad_ce", code)

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == 16
    assert [flag.code for flag in finding.flags] == ["FINITE_DIFFERENCES"]


def test_a_backward_pass_by_four_points_is_flagged(examine: Examine) -> None:
    code = (
        FOUR_POINTS
        + """
def backward_prop(x, target, *w):
    def loss(k, a):
        v = [*w[:k], a, *w[k + 1:]]
        return _loss(np.maximum(x @ v[0] + v[1], 0) @ v[2] + v[3], target)
    return tuple(_measured(lambda a: loss(k, a), w[k]) for k in range(4))
"""
    )
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.verdict is Verdict.PASSED
    assert [flag.code for flag in finding.flags] == ["FINITE_DIFFERENCES"]


@pytest.mark.parametrize(
    "code",
    [
        "",
        "def grad_ce(t, z):\n    p = softmax(z)\n    p[np.arange(len(t)), t.argmax(1)] -= 1\n    return p / len(t)",
        "f = softmax\ndef softmax(z):\n    return f(z).astype(np.float32)",
        "def softmax(z):\n    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
    ],
)
@pytest.mark.parametrize("function", ["grad_ce", "backward_prop"])
def test_derivatives_by_hand_are_not(code: str, function: str, examine: Examine) -> None:
    flags = examine("gradient", function, code).flags

    assert "FINITE_DIFFERENCES" not in [flag.code for flag in flags]
