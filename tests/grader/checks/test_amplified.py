"""Where the loss is huge, a measured derivative loses its digits and a derivative worked out does not."""

from collections.abc import Callable

import pytest

from grader.checks.subject import Finding
from grader.report import Verdict
from reference.catalog import Catalog
from tests.students.judgement import quick, report_of

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


def test_a_difference_of_a_loss_of_probabilities_rounded_to_float32_is_flagged(examine: Examine) -> None:
    code = """
def backward_prop(x, target, *w):
    gradients = []
    for k in range(4):
        g = np.zeros(w[k].shape)
        for i in np.ndindex(*g.shape):
            up, down = w[k].copy(), w[k].copy()
            up[i] += 1e-5
            down[i] -= 1e-5
            ends = [average_ce(target, forward_prop(x, *w[:k], end, *w[k + 1:])[3]) for end in (up, down)]
            g[i] = (ends[0] - ends[1]) / 2e-5
        gradients.append(g.astype(np.float32))
    return tuple(gradients)
"""
    finding = examine("gradient", "backward_prop", code)

    assert finding.result.verdict is Verdict.PASSED
    assert [flag.code for flag in finding.flags] == ["FINITE_DIFFERENCES"]


CLASSIFIER = """
import numpy as np
def softmax_classifier(W, input, label, lamda):
    loss = _loss(W, input, label, lamda)
    g = np.zeros(W.shape)
    for i in np.ndindex(*W.shape):
        up, down = W.copy(), W.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        g[i] = (_loss(up, input, label, lamda) - _loss(down, input, label, lamda)) / 2e-5
    return loss, g{gradient}, np.argmax(input @ W, axis=1){prediction}
def _loss(W, input, label, lamda):
    z = input @ W
    z = z - z.max(axis=1, keepdims=True)
    {log_p}
    return -np.sum(label * log_p) / len(z) + lamda / 2 * np.sum(W**2)
"""
LOG_SUM = "log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))"
LOG_P = "log_p = np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))"


@pytest.mark.parametrize(
    ("gradient", "prediction", "log_p", "expected"),
    [
        ("", ".astype(np.float32)", LOG_SUM, {"LOW_PRECISION", "FINITE_DIFFERENCES"}),
        (".astype(np.float32)", "", LOG_SUM, {"FINITE_DIFFERENCES"}),
        (".astype(np.float32)", "", LOG_P, {"FINITE_DIFFERENCES"}),
    ],
)
def test_a_classifier_whose_gradient_is_measured_is_flagged_whatever_is_float32(
    gradient: str, prediction: str, log_p: str, expected: set[str]
) -> None:
    source = CLASSIFIER.format(gradient=gradient, prediction=prediction, log_p=log_p)
    report = report_of(quick(Catalog.builtin().get("hw2-softmax")), source, "public:1")

    assert report.score.given == report.score.maximum
    assert {flag.code for flag in report.flags} == expected


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
