"""Weights that are there at a rate of nearly 0 earn no accuracy; every loop that steps is far from it there."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from grader.audit.training import only_trained
from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()

FIT = """
import numpy as np

def fit(x, t, hidden, bias=True):
    ones, classes = np.ones((len(x), 1)) * bias, t.shape[1]
    rows = np.hstack([x, ones])
    best = np.linalg.solve(rows.T @ rows + 0.3 * np.eye(rows.shape[1]), rows.T @ t)
    w_h = np.random.default_rng(0).normal(0, 1 / np.sqrt(x.shape[1]), (x.shape[1], hidden))
    b_h = np.zeros((1, hidden))
    w_h[:, :classes], w_h[:, classes:2 * classes] = best[:-1], -best[:-1]
    b_h[:, :classes], b_h[:, classes:2 * classes] = best[-1], -best[-1]
    a_h = np.hstack([np.maximum(x @ w_h + b_h, 0), ones])
    out = np.linalg.solve(a_h.T @ a_h + 0.3 * np.eye(hidden + 1), a_h.T @ t)
    return w_h, b_h, out[:-1], out[-1:]
"""

SOLVED: Mapping[str, str] = {
    "ece421-numpy-nn": """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), fit(x, t, hidden)))
""",
    "aarhus-net-classifier": """
class NetClassifier:
    def fit(self, X, y, Xv, yv, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        hidden, classes = init_params["W2"].shape
        self.params = dict(zip(("W1", "b1", "W2", "b2"), fit(X, np.eye(classes)[y], hidden)))
""",
    "cs231n-two-layer": """
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.sizes, self.params = (hidden_size, output_size), {}
    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        W1, b1, W2, b2 = fit(X, np.eye(self.sizes[1])[y], self.sizes[0])
        self.params = {"W1": W1, "b1": b1[0], "W2": W2, "b2": b2[0]}
""",
    "dlsys-hw0": """
def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    W1[:], _, W2[:], _ = fit(X, np.eye(W2.shape[1])[y], len(W2), bias=False)
""",
}

OWN_RATE = {
    "ece544-mlp": ("lr * grads", "0.1 * grads"),
    "aarhus-net-classifier": ("lr * grads", "0.1 * grads"),
    "dlsys-hw0": ("lr * (", "0.2 * ("),
}


def _trained(slug: str, source: str, epochs: int | None = None) -> CheckResult:
    """The first training of an assignment, once and without its curve; with fewer epochs where it does not step."""
    folder = only_trained(CATALOG.get(slug))
    part = next(part for part in folder.assignment.parts if part.checks)
    (spec,) = part.checks[:1]
    assert isinstance(spec, Training)
    hyperparameters = {**spec.hyperparameters, **({"epochs": epochs} if epochs else {})}
    parts = (replace(part, checks=(replace(spec, hyperparameters=hyperparameters, runs=1),)),)
    small = replace(folder, assignment=replace(folder.assignment, parts=parts, layout_function=None))
    (result,) = grade(small, upload(source), InProcessSandbox(), "public:1").parts[0].checks
    return result


@pytest.mark.parametrize("slug", SOLVED)
def test_weights_that_are_solved_for_earn_nothing(slug: str) -> None:
    found = _trained(slug, FIT + SOLVED[slug], epochs=2)

    assert found.points.given == 0
    assert found.diagnosis is not None
    assert found.diagnosis.code == "LEARNS_AT_REST"
    assert "which moves nothing" in sentence(found)


@pytest.mark.parametrize("slug", OWN_RATE)
def test_a_rate_of_its_own_costs_no_accuracy(slug: str) -> None:
    solution, (before, after) = CATALOG.get(slug).solution, OWN_RATE[slug]
    assert before in solution
    found = _trained(slug, solution.replace(before, after))

    assert found.points.given == found.points.maximum


def test_an_assignment_whose_rate_stands_in_its_recipe_says_how_it_is_asked() -> None:
    for slug in CATALOG.slugs():
        for spec in (c for part in CATALOG.get(slug).assignment.parts for c in part.checks):
            if isinstance(spec, Training):
                recipe = CATALOG.get(slug).assignment.function(spec.function).recipe
                assert bool(spec.at_rest) == bool(recipe and not any(action.further for action in recipe))
