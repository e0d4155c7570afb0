"""Epochs whose batches share examples, begin too late, or take what the batches before have left in a gradient."""

import pytest

from grader.report import Diagnosis
from tests.grader.diagnosis.changed_solution import diagnosis

LOOP = """    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        {first}
"""
FIRST = {"softmax_regression_batches": "delta = softmax(x @ theta)", "nn_batches": "a = np.maximum(x @ W1, 0)"}
FUNCTIONS = sorted(FIRST)


def _told(function: str, starts: str, rows: str) -> Diagnosis | None:
    """What is said of an epoch whose batches begin at `starts` and are X[{rows}]."""
    old = LOOP.format(first=FIRST[function])
    new = old.replace("range(0, len(X), batch)", starts).replace("start : start + batch", rows)
    return diagnosis("dlsys-hw0", "forward", function, old, new)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("starts", "rows", "found"),
    [
        ("range(0, len(X), batch)", "start : start + batch + 1", "X[start:start + batch + 1]"),
        ("range(0, len(X), batch)", "max(start - 1, 0) : start + batch", "X[start - 1:start + batch]"),
        (
            "range(0, len(X), max(batch - 1, 1))",
            "start : start + batch",
            "X[start:start + batch] with start += batch - 1",
        ),
    ],
)
def test_batches_that_share_an_example_are_told(function: str, starts: str, rows: str, found: str) -> None:
    told = _told(function, starts, rows)

    assert told is not None
    assert (told.code, told.evidence["found"]) == ("BATCHES_OVERLAP", found)
    assert "also" not in told.evidence


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_last_batch_left_out_is_told_beside_batches_that_overlap(function: str) -> None:
    told = _told(function, "range(0, len(X) - batch + 1, batch)", "start : start + batch + 1")

    assert told is not None
    assert told.code == "BATCHES_OVERLAP"
    also = told.evidence["also"]
    assert isinstance(also, list)
    assert [(each["code"], each["unseen"]) for each in also] == [("LAST_BATCH_DROPPED", 1)]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_batches_that_begin_an_example_too_late_are_told(function: str) -> None:
    told = _told(function, "range(0, len(X), batch)", "start + 1 : start + batch + 1")

    assert told is not None
    assert (told.code, told.evidence["found"]) == ("OTHER_FORMULA", "X[start + 1:start + batch + 1]")


PLAIN = """    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        delta = softmax(x @ theta)
        delta[np.arange(len(x)), labels] -= 1
        theta -= lr * (x.T @ delta) / len(x)
"""
KEPT = """    grad = np.zeros_like(theta)
    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        delta = softmax(x @ theta)
        delta[np.arange(len(x)), labels] -= 1
        {step}
"""


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("grad += x.T @ delta; theta -= lr * grad / len(x)", "all gradients so far"),
        ("grad += x.T @ delta / len(x); theta -= lr * grad", "all gradients so far"),
        ("grad += x.T @ delta; grad /= len(x); theta -= lr * grad", "the batch's gradient added to the last average"),
        ("grad += x.T @ delta / len(x); grad *= lr; theta -= grad", "the batch's gradient added to the last step"),
        (
            "grad += x.T @ delta; grad *= lr / len(x); theta -= grad",
            "the batch's gradient, before its average, added to the last step",
        ),
    ],
)
def test_a_gradient_that_is_not_cleared_is_told(step: str, found: str) -> None:
    told = diagnosis("dlsys-hw0", "forward", "softmax_regression_batches", PLAIN, KEPT.format(step=step))

    assert told is not None
    assert (told.code, told.evidence["found"]) == ("OTHER_FORMULA", found)


NETWORK = """    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        a = np.maximum(x @ W1, 0)
        delta = softmax(a @ W2)
        delta[np.arange(len(x)), labels] -= 1
        delta /= len(x)
        back = (delta @ W2.T) * (a > 0)
        W2 -= lr * (a.T @ delta)
"""


def test_a_gradient_that_is_not_cleared_is_told_with_the_weight_it_is_of() -> None:
    new = "    kept = np.zeros_like(W2)\n" + NETWORK.replace("W2 -= lr * (", "kept += (").rstrip()
    told = diagnosis("dlsys-hw0", "forward", "nn_batches", NETWORK, new + "; W2 -= lr * kept\n")

    assert told is not None
    assert (told.code, told.evidence["found"]) == ("OTHER_FORMULA", "all gradients so far for W2")
