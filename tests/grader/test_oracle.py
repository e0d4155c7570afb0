"""Answers are named float64 tensors; no answer can change a probe, and no warning leaks."""

import numpy as np
import pytest

from grader.oracle import Oracle
from reference.spec import Function, Operation, Tensor

X = Tensor("x", ("N",))
PAIR = Function("pair", Operation.OTHER, (X,), (Tensor("a", ("N",)), Tensor("b", ())))
ONE = Function("one", Operation.OTHER, (X,), (Tensor("a", ("N",)),))


def test_results_are_named_in_order() -> None:
    oracle = Oracle({"pair": lambda x: (x + 1, 3)})
    results = oracle.results(PAIR, "pair", {"other": np.ones(5), "x": np.zeros(2)})

    assert [(name, value.tolist()) for name, value in results.items()] == [("a", [1.0, 1.0]), ("b", 3.0)]
    assert all(value.dtype == np.float64 for value in results.values())


def test_an_answer_that_writes_into_its_argument_spoils_no_probe() -> None:
    def spoils(x: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        x[:] = 9
        return float(x.sum())

    x = np.zeros(2)
    Oracle({"spoils": spoils}).apply(ONE, "spoils", (x,))

    assert x.tolist() == [0.0, 0.0]


def test_an_overflow_is_no_warning() -> None:
    assert np.isinf(Oracle({"one": np.exp}).apply(ONE, "one", (np.array([1e4]),))["a"])


def test_an_answer_with_another_number_of_results_is_our_fault() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Oracle({"pair": lambda x: x}).apply(PAIR, "pair", (np.zeros(2),))
