"""Epochs on the right rows in another order, and on a last batch that is filled up with rows of the one before."""

import pytest

from grader.report import Diagnosis
from tests.grader.diagnosis.changed_solution import diagnosis

LOOP = """    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        {first}
"""
FIRST = {"softmax_regression_batches": "delta = softmax(x @ theta)", "nn_batches": "a = np.maximum(x @ W1, 0)"}
FUNCTIONS = sorted(FIRST)

ORDERS = {
    "drawn": "np.random.permutation(len(X))",
    "drawn with a seed": "np.random.default_rng(1).permutation(len(X))",
    "backwards": "np.arange(len(X))[::-1]",
    "sorted by label": "np.argsort(y, kind='stable')",
}


def _told(function: str, before: str, rows: str) -> Diagnosis | None:
    """What is said of an epoch whose batches are X[{rows}]."""
    old = LOOP.format(first=FIRST[function])
    new = (
        f"    {before}\n    for start in range(0, len(X), batch):\n        rows = {rows}\n"
        f"        x, labels = X[rows], y[rows]\n        {FIRST[function]}\n"
    )
    return diagnosis("dlsys-hw0", "forward", function, old, new)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("order", ORDERS)
def test_another_order_is_told(function: str, order: str) -> None:
    told = _told(function, f"order = {ORDERS[order]}", "order[start : start + batch]")

    assert told is not None
    assert told.code == "OTHER_FORMULA"
    assert "another order" in str(told.evidence["found"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_rows_drawn_with_replacement_are_no_other_order(function: str) -> None:
    told = _told(function, "rng = np.random.default_rng(1)", "rng.integers(0, len(X), size=min(batch, len(X) - start))")

    assert told is not None
    assert "another order" not in str(told.evidence.get("found"))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_last_batch_filled_up_with_the_rows_before_it_is_told(function: str) -> None:
    told = _told(function, "", "np.arange(max(0, min(start, len(X) - batch)), min(start + batch, len(X)))")

    assert told is not None
    assert told.code == "OTHER_FORMULA"
    assert "filled up" in str(told.evidence["found"])


BUFFERED = """    for start in range(0, len(X), batch):
        if start == 0:
            X_buffer, delta_buffer = np.zeros((batch, X.shape[1])), np.zeros((batch, theta.shape[1]))
        x, labels = X[start : start + batch], y[start : start + batch]
        delta = softmax(x @ theta)
        delta[np.arange(len(x)), labels] -= 1
        X_buffer[: len(x)], delta_buffer[: len(x)] = x, delta
        theta -= lr * (X_buffer.T @ delta_buffer) / {divisor}
"""
PLAIN = """    for start in range(0, len(X), batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        delta = softmax(x @ theta)
        delta[np.arange(len(x)), labels] -= 1
        theta -= lr * (x.T @ delta) / len(x)
"""


@pytest.mark.parametrize("divisor", ["len(x)", "batch"])
def test_what_a_buffer_still_holds_of_the_batch_before_is_told(divisor: str) -> None:
    new = BUFFERED.format(divisor=divisor)
    told = diagnosis("dlsys-hw0", "forward", "softmax_regression_batches", PLAIN, new)

    assert told is not None
    assert told.code == "OTHER_FORMULA"
    assert "filled up" in str(told.evidence["found"])
