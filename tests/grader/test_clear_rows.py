"""Examples near a tie are replaced by others; a wrong prediction that differs on some examples only is seen."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from grader.clear_rows import with_clear_rows
from grader.oracle import Oracle
from grader.probes import MANY, Probe
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Function, Operation, Tensor

FUNCTION = Function(
    "predict", Operation.PREDICT, (Tensor("X", ("N", "D")), Tensor("W", ("D",))), (Tensor("prediction", ("N",)),)
)
ORACLE = Oracle({"predict": lambda X, W: (X @ W > 0) * 1})


def _probe(*rows: float) -> Probe:
    return Probe("rows", 1.0, MANY, {"X": np.array(rows)[:, None], "W": np.array([1.0])})


def _clear(probe: Probe, oracle: Oracle = ORACLE) -> Probe:
    return with_clear_rows(FUNCTION, "predict", oracle, probe, np.random.default_rng(0))


def test_an_example_near_a_tie_is_replaced_by_one_that_is_not() -> None:
    near = Oracle({"predict": lambda X, W: (X @ W - 1 > 0) * 1})
    probe = _clear(_probe(0.5, 1 + 1e-7, 2.0, 1 - 1e-7), near)

    assert probe.arguments["X"].ravel().tolist() == [0.5, 0.5, 2.0, 2.0]
    assert probe.arguments["W"].tolist() == [1.0]


def test_examples_that_are_clear_stay_as_they_are() -> None:
    probe = _probe(-1.0, 2.0, 3.0)

    assert _clear(probe) is probe


def test_where_no_class_stays_nothing_is_replaced() -> None:
    drawn = np.random.default_rng(1)
    probe = _probe(-1.0, 2.0)

    assert _clear(probe, Oracle({"predict": lambda X, W: drawn.permutation(len(X)) + drawn.integers(9)})) is probe


@pytest.mark.parametrize("seed", [f"public:{n}" for n in range(4)])
@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        ('a1 = relu(X @ params["W1"] + params["b1"])', 'a1 = relu(X @ params["W1"])', "without b1"),
        ("return np.argmax(a1 @", "return np.argmax(np.round(a1, 1) @", None),
        (
            "def predict(self, X, params=None):",
            "def predict(self, X, params=None):\n        X = np.round(X)",
            "np.round(X, 0)",
        ),
    ],
)
def test_predictions_that_are_wrong_for_a_few_examples_are_wrong(
    right: str, wrong: str, found: str | None, seed: str, graded: Callable[..., Report]
) -> None:
    folder = Catalog.builtin().get("aarhus-net-classifier")
    parts = tuple(part for part in folder.assignment.parts if part.name == "predict")
    quick = replace(folder, assignment=replace(folder.assignment, parts=parts))
    assert folder.solution.count(right) == 1
    report = graded(folder.solution.replace(right, wrong), seed, folder=quick)
    told = [
        c.diagnosis for p in report.parts for c in p.checks if c.function == "NetClassifier.predict" and c.diagnosis
    ]

    assert told
    if found is not None:
        assert found in str(told[0].evidence["found"])
