"""What a student computes instead of a term is told as a formula, and nothing is said beside it."""

from dataclasses import replace

import pytest

from grader.grade import grade
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

CONVOLUTION = """
def conv1d(x, w):
    y = np.zeros(len(x))
    for i in range(len(x)):
        for k in (-1, 0, 1):
            if {within}:
                y[i] += x[i - k] * w[k + 1]
    return y
"""
POOL = """
def max_pool1d_backward(dy, x, W):
    dx, mask = np.zeros(len(x)), np.zeros({length})
    for i in range(len(dy)):
        {clear}
        {mark}
    return dx
"""
IN_WINDOW = "mask[np.argmax(x[i : i + W])] = 1; dx[i : i + W] += dy[i] * mask"
IN_SIGNAL = "mask[i + np.argmax(x[i : i + W])] = 1; dx += dy[i] * mask"
EARLIER = (
    """
def avg_pool1d(x, W):
    return np.array([x[max(i - 1, 0) : i + W].mean() for i in range(len(x) - W + 1)])
""",
    """
def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    for i in range(len(dy)):
        dx[max(i - 1, 0) : i + W] += dy[i] / W
    return dx
""",
    """
def max_pool1d(x, W):
    return np.array([x[max(i - 1, 0) : i + W].max() for i in range(len(x) - W + 1)])
""",
    """
def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        dx[max(i - 1, 0) + np.argmax(x[max(i - 1, 0) : i + W])] += dy[i]
    return dx
""",
)
"""Pools and their derivatives whose windows begin one entry early, but for the first."""
BY_PLACE = """
def max_pool1d_backward(dy, x, W):
    windows = np.lib.stride_tricks.sliding_window_view(x, W)
    dx, mask = np.zeros(len(x)), np.zeros(windows.shape)
    mask[np.argmax(windows, axis=0), np.arange(W)] = 1
    for i in range(len(dy)):
        dx[i : i + W] += dy[i] * mask[i]
    return dx
"""
PRODUCT = """
def conv1d_backward(dy, x, w):
    n = len(x)
    return np.convolve(dy, w[::-1])[1:-1], np.convolve(dy, x{turned})[n - 2 : n + 1]
"""
JACOBIAN = """
def softmax_jacobian(z):
    e = np.exp(z - z.max())
    p = e / e.sum()
    return {formula}
"""
CLASSIFIER = """
def softmax_classifier(W, input, label, lamda):
    z = input @ W
    z = z - z.max(axis=1, keepdims=True)
    logs = np.log(np.exp(z).sum(axis=1))
    p = np.exp(z - logs[:, None])
    loss = {loss} + lamda / 2 * np.sum(W**2)
    return loss, input.T @ (p - label) / len(input) + lamda * W, {prediction}
"""
MEAN = "logs.mean() - np.sum(label * z) / len(z)"


def _found(slug: str, code: str) -> set[tuple[str, str]]:
    """Code and formula of each check that is not passed."""
    folder = Catalog.builtin().get(slug)
    parts = tuple(
        replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
        for part in folder.assignment.parts
    )
    quick = replace(folder, assignment=replace(folder.assignment, parts=parts))
    report = grade(quick, upload(folder.solution + code), InProcessSandbox(), "public:1")
    wrong = [check.diagnosis for part in report.parts for check in part.checks if check.diagnosis]
    assert not any(found.evidence.get("also") for found in wrong)
    return {(found.code, str(found.evidence.get("found"))) for found in wrong}


@pytest.mark.parametrize(
    ("within", "found"),
    [
        ("0 < i - k < len(x)", "x[i - k] for 0 < i - k < n, without x[0],"),
        ("0 <= i - k < len(x) - 1", "x[i - k] for 0 <= i - k < n - 1, without x[n - 1],"),
        ("0 < i - k < len(x) - 1", "x[i - k] for 0 < i - k < n - 1, without both ends,"),
    ],
)
def test_an_end_of_the_signal_that_is_left_out_is_told(within: str, found: str) -> None:
    assert _found("ece544-derivatives", CONVOLUTION.format(within=within)) == {("OTHER_FORMULA", found)}


@pytest.mark.parametrize(
    ("length", "mark", "found"),
    [
        ("W", IN_WINDOW, "dx[j] += dy[i] also where the winners of earlier windows stood in theirs,"),
        ("len(x)", IN_SIGNAL, "dx[j] += dy[i] for the winners j of all earlier windows too,"),
    ],
)
def test_a_mask_that_is_never_cleared_is_told(length: str, mark: str, found: str) -> None:
    kept = POOL.format(length=length, mark=mark, clear="pass")

    assert _found("ece544-derivatives", kept) == {("OTHER_FORMULA", found)}
    assert _found("ece544-derivatives", POOL.format(length=length, mark=mark, clear="mask[:] = 0")) == set()


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("np.diag(p) - np.outer(p, e)", "np.outer(p, e), e = exp(z - max(z)),"),
        ("np.diag(p) - np.outer(e, e)", "np.outer(e, e), e = exp(z - max(z)),"),
        ("np.diag(e) - np.outer(p, p)", "np.diag(e), e = exp(z - max(z)),"),
    ],
)
def test_exponentials_in_one_term_of_the_jacobian_are_told_as_that_term(formula: str, found: str) -> None:
    assert ("OTHER_FORMULA", found) in _found("ece544-derivatives", JACOBIAN.format(formula=formula))


@pytest.mark.parametrize(
    ("loss", "found"),
    [
        (
            "logs.mean() - np.sum(label * z)",
            "t * (z - max(z)) - log(sum(exp(z - max(z)))) / N, with 1/N in the second term alone,",
        ),
        (
            "logs.sum() - np.sum(label * z) / len(z)",
            "t * (z - max(z)) / N - log(sum(exp(z - max(z)))), with 1/N in the first term alone,",
        ),
    ],
)
def test_one_term_of_a_loss_that_is_not_averaged_is_told(loss: str, found: str) -> None:
    code = CLASSIFIER.format(loss=loss, prediction="p.argmax(axis=1)")
    assert _found("hw2-softmax", code) == {("OTHER_FORMULA", found)}


@pytest.mark.parametrize(
    ("prediction", "found"),
    [
        ("p[:, :-1].argmax(axis=1)", "the class with the largest score of all but the last class"),
        ("p[:, 1:].argmax(axis=1) + 1", "the class with the largest score of all but class 0"),
        ("p[:, 1:].argmax(axis=1)", "argmax(scores[:, 1:], axis=1), counted from class 1,"),
        (
            "np.c_[np.zeros(len(input)), (input @ W)[:, 1:]].argmax(axis=1)",
            "the class of the largest score, looked for from 0 on, and class 0 where none is above 0,",
        ),
    ],
)
def test_a_class_that_is_never_looked_at_is_told(prediction: str, found: str) -> None:
    code = CLASSIFIER.format(loss=MEAN, prediction=prediction)
    assert _found("hw2-softmax", code) == {("OTHER_FORMULA", found)}


def test_the_largest_of_all_windows_is_told() -> None:
    found = "np.argmax(windows, axis=0), one window for each place in it,"
    assert _found("ece544-derivatives", BY_PLACE) == {("OTHER_FORMULA", found)}


def test_a_product_of_polynomials_without_the_turn_is_told() -> None:
    assert _found("ece544-derivatives", PRODUCT.format(turned="[::-1]")) == set()
    found = "x[n - 1 - (i - k)], x from its end,"
    assert _found("ece544-derivatives", PRODUCT.format(turned="")) == {("OTHER_FORMULA", found)}


@pytest.mark.parametrize("code", EARLIER, ids=["average", "average backward", "maximum", "maximum backward"])
def test_a_window_that_begins_one_entry_early_is_told(code: str) -> None:
    assert {code for code, _ in _found("ece544-derivatives", code)} == {"WINDOW_OFF_BY_ONE"}
