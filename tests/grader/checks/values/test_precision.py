"""Derivatives that no other function gives are looked at for their digits too: a Jacobian, and a step."""

import pytest

from reference.catalog import Catalog
from tests.students.judgement import quick, report_of

MEASURED_JACOBIAN = """
import numpy as np
def softmax_jacobian(z):
    J = np.zeros((len(z), len(z)))
    for i in range(len(z)):
        up, down = z.copy(), z.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        J[:, i] = (_softmax(up) - _softmax(down)) / 2e-5
    return J
def _softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()
"""

MEASURED_STEPS = """
import numpy as np
def softmax_loss(Z, y):
    z = Z - Z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y])
def _slope(loss, P, h=STEP):
    g = np.zeros(P.shape)
    for i in np.ndindex(*P.shape):
        kept = P[i]
        P[i] = kept + h
        up = loss()
        P[i] = kept - h
        g[i] = (up - loss()) / (2 * h)
        P[i] = kept
    return g
def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for s in range(0, len(X), batch):
        x, l = X[s:s + batch], y[s:s + batch]
        theta -= lr * _slope(lambda: softmax_loss(x @ theta, l), theta)
def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for s in range(0, len(X), batch):
        x, l = X[s:s + batch], y[s:s + batch]
        g1, g2 = (_slope(lambda: softmax_loss(np.maximum(x @ W1, 0) @ W2, l), W) for W in (W1, W2))
        W1 -= lr * g1
        W2 -= lr * g2
"""


def test_a_jacobian_that_was_measured_is_flagged() -> None:
    folder = quick(Catalog.builtin().get("ece544-derivatives"))
    flags = report_of(folder, folder.solution + MEASURED_JACOBIAN, "public:1").flags

    assert {(flag.code, flag.evidence["function"]) for flag in flags} == {("LOW_PRECISION", "softmax_jacobian")}


@pytest.mark.parametrize("step", ["1e-4", "1e-5", "1e-6"])
def test_a_step_along_a_gradient_that_was_measured_is_flagged(step: str) -> None:
    report = report_of(quick(Catalog.builtin().get("dlsys-hw0")), MEASURED_STEPS.replace("STEP", step), "public:1")

    assert report.score.given == report.score.maximum
    assert {(flag.code, flag.evidence["function"]) for flag in report.flags} == {
        ("LOW_PRECISION", "softmax_regression_epoch"),
        ("LOW_PRECISION", "nn_epoch"),
    }


@pytest.mark.parametrize("slug", ["dlsys-hw0", "ece544-derivatives"])
@pytest.mark.parametrize("seed", ["public:1", "secret:7"])
def test_what_was_worked_out_is_not(slug: str, seed: str) -> None:
    folder = quick(Catalog.builtin().get(slug))

    assert report_of(folder, folder.solution, seed).flags == ()
