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


ROWS = """
import numpy as np
def softmax_classifier(W, input, label, lamda):
    scores = input @ W
    d = _measured(scores.astype({dtype}), label.astype({dtype})).astype(float)
    loss = _losses(scores, label).mean() + lamda / 2 * np.sum(W**2)
    return loss, input.T @ d / len(input) + lamda * W, np.argmax(scores, axis=1)
def _log_sums(z):
    shift = z.max(axis=1, keepdims=True)
    return np.log(np.exp(z - shift).sum(axis=1)) + shift[:, 0]
def _losses(z, t):
    return _log_sums(z) - (t * z).sum(axis=1)
def _measured(z, t):
    h = z.dtype.type(1) / 64
    d = np.zeros_like(z)
    for c in range(z.shape[1]):
        step = np.zeros_like(z)
        step[:, c] = h
        for k, top, below in ((1, 4, 5), (2, -1, 5), (3, 4, 105), (4, -1, 280)):
            d[:, c] += top * ({up} - {down}) / below / h
    return d{rest}
"""
OF_LOSSES = {"up": "_losses(z + k * step, t)", "down": "_losses(z - k * step, t)", "rest": ""}
OF_LOG_SUMS = {"up": "_log_sums(z + k * step)", "down": "_log_sums(z - k * step)", "rest": " - t"}


@pytest.mark.parametrize("dtype", ["float", "np.longdouble"])
@pytest.mark.parametrize("what", [OF_LOSSES, OF_LOG_SUMS], ids=["losses", "log sums"])
@pytest.mark.parametrize("seed", ["public:1", "secret:7"])
def test_differences_of_each_examples_own_loss_are_flagged(what: dict[str, str], dtype: str, seed: str) -> None:
    report = report_of(quick(Catalog.builtin().get("hw2-softmax")), ROWS.format(dtype=dtype, **what), seed)

    assert report.score.given == report.score.maximum
    assert [flag.code for flag in report.flags] == ["FINITE_DIFFERENCES"]


@pytest.mark.parametrize("function", ["grad_ce", "backward_prop"])
def test_so_are_they_by_the_logits_of_a_network(function: str, examine: Examine) -> None:
    code = ROWS.format(dtype="float", **OF_LOSSES) + (
        "def grad_ce(target, logits):\n    return _measured(logits, target) / len(logits)\n"
        "def backward_prop(x, target, w_h, b_h, w_o, b_o):\n"
        "    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)\n"
        "    d_o = grad_ce(target, z_o)\n"
        "    d_h = (d_o @ w_o.T) * (z_h > 0)\n"
        "    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)\n"
    )
    finding = examine("gradient", function, code)

    assert finding.result.verdict is Verdict.PASSED
    assert [flag.code for flag in finding.flags] == ["FINITE_DIFFERENCES"]


LABELLED = {
    "aarhus-net-classifier": ("delta2 = (p - labels) / len(X)", "a1 @ W2 + b2", "labels"),
    "cs231n-two-layer": ("delta2[rows, y] -= 1\n", "scores", "np.eye(W2.shape[1])[y]"),
}
"""How a solution derives by its logits, what these are, and the targets."""


@pytest.mark.parametrize("dtype", ["float", "np.longdouble"])
@pytest.mark.parametrize("slug", LABELLED)
def test_so_are_they_where_classes_are_numbers(slug: str, dtype: str) -> None:
    folder = Catalog.builtin().get(slug)
    by_hand, logits, target = LABELLED[slug]
    measured = f"delta2 = _measured(({logits}).astype({dtype}), {target}.astype({dtype})).astype(float)"
    ending = " / len(X)" if by_hand.endswith("len(X)") else "\n"
    source = ROWS.format(dtype=dtype, **OF_LOSSES) + folder.solution.replace(by_hand, measured + ending)
    report = report_of(quick(folder), source, "secret:7")

    assert source.count("_measured(") == 3
    assert report.score.given == report.score.maximum
    assert [flag.code for flag in report.flags] == ["FINITE_DIFFERENCES"]


@pytest.mark.parametrize(
    "by_hand",
    [
        "p = np.clip(p, 1e-12, 1); delta2 = (p - labels) / len(X)",
        "delta2 = p * (1 - labels / p) / len(X)",
        "delta2 = (p + 1e-15 - labels).astype(np.float32) / len(X)",
        "delta2 = (p * labels.sum(axis=1, keepdims=True) - labels) / len(X)",
    ],
)
def test_classes_that_are_numbers_and_derivatives_by_hand_are_not(by_hand: str) -> None:
    folder = Catalog.builtin().get("aarhus-net-classifier")
    report = report_of(quick(folder), folder.solution.replace(LABELLED[folder.assignment.slug][0], by_hand), "secret:7")

    assert report.score.given == report.score.maximum
    assert "FINITE_DIFFERENCES" not in [flag.code for flag in report.flags]


BY_HAND = """
import numpy as np
def softmax_classifier(W, input, label, lamda):
    {cast}
    z = input @ W
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(label * np.log(p + 1e-12)) / len(z) + lamda / 2 * np.sum(W**2)
    {d}
    return loss, input.T @ d / len(z) + lamda * W, np.argmax(z, axis=1)
"""


@pytest.mark.parametrize("cast", ["pass", "W, input = W.astype(np.float32), input.astype(np.float32)"])
@pytest.mark.parametrize(
    "d",
    [
        "d = p - label",
        "d = np.clip(p, 1e-12, 1) - label",
        "d = np.clip(p, 1e-15, 1 - 1e-15) - label",
        "d = np.maximum(p, 1e-13) - label",
        "d = p + 1e-15 - label",
        "d = (e + 1e-12) / (e + 1e-12).sum(axis=1, keepdims=True) - label",
        "d = np.where(p < 1e-12, 0, p) - label",
        "d = np.exp(np.log(p + 1e-16)) - label",
        "d = p * (-label / (p + 1e-300) + np.sum(label * p / (p + 1e-300), axis=1, keepdims=True))",
        "d = p * (-label / p + 1)",
        "e = np.expm1(z - z.max(axis=1, keepdims=True)) + 1; d = e / e.sum(axis=1, keepdims=True) - label",
        "q = np.clip(p, 1e-12, 1); d = q / q.sum(axis=1, keepdims=True) - label",
    ],
)
def test_probabilities_that_are_clipped_or_get_an_epsilon_are_not(d: str, cast: str) -> None:
    report = report_of(quick(Catalog.builtin().get("hw2-softmax")), BY_HAND.format(d=d, cast=cast), "public:1")
    gradient = [check for part in report.parts for check in part.checks if check.kind == "gradient"]

    assert [check.verdict for check in gradient] == [Verdict.PASSED]
    assert "FINITE_DIFFERENCES" not in [flag.code for flag in report.flags]


@pytest.mark.parametrize(
    "code",
    [
        "",
        "def grad_ce(t, z):\n    p = softmax(z)\n    p[np.arange(len(t)), t.argmax(1)] -= 1\n    return p / len(t)",
        "f = softmax\ndef softmax(z):\n    return f(z).astype(np.float32)",
        "def softmax(z):\n    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
        "def softmax(z):\n    e = np.expm1(z - z.max(1, keepdims=True)) + 1\n    return e / e.sum(1, keepdims=True)\n"
        "def grad_ce(t, z):\n    return (softmax(z) - t) / len(t)",
    ],
)
@pytest.mark.parametrize("function", ["grad_ce", "backward_prop"])
def test_derivatives_by_hand_are_not(code: str, function: str, examine: Examine) -> None:
    flags = examine("gradient", function, code).flags

    assert "FINITE_DIFFERENCES" not in [flag.code for flag in flags]
