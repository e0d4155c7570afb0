"""Solution and tests in one file:  pytest c05_pytest_inside.py -q"""
# pylint: disable=redefined-builtin,invalid-name
import functools
import operator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

pytestmark = pytest.mark.filterwarnings("error")


class Result(NamedTuple):
    loss: float
    gradient: np.ndarray
    prediction: np.ndarray


def unpacked(f):
    """The autograder wants a plain tuple."""
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return tuple(f(*args, **kwargs))
    return inner


def checks_shapes(f):
    @functools.wraps(f)
    def inner(W, input, label, lamda):
        if input.shape[1] != W.shape[0] or label.shape != (input.shape[0], W.shape[1]):
            raise ValueError(f"shapes {W.shape}, {input.shape}, {label.shape} do not fit")
        if lamda < 0:
            raise ValueError("lamda is negative")
        return f(W, input, label, lamda)
    return inner


@unpacked
@checks_shapes
@np.errstate(over="raise", invalid="raise")
def softmax_classifier(W, input, label, lamda):
    """W (D, C), input (N, D), label (N, C) one-hot, lamda a number -> loss, gradient (D, C), prediction (N,)."""
    N = operator.index(input.shape[0])
    scores = np.einsum("nd,dc->nc", input, W)
    scores = scores - scores.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(scores).sum(axis=1, keepdims=True))
    z = np.exp(scores - log_sum)
    loss = np.tensordot(label, log_sum - scores) / N + lamda / 2 * np.tensordot(W, W)
    gradient = np.einsum("nd,nc->dc", input, z - label) / N + lamda * W
    return Result(loss, gradient, z.argmax(axis=1))


# ---------------------------------------------------------------- tests
@pytest.fixture(params=[2, 3, 10], ids="C={}".format)
def batch(request):
    rng = np.random.default_rng(request.param)
    C = request.param
    return rng.normal(size=(5, C)), rng.normal(size=(7, 5)), np.eye(C)[rng.integers(0, C, 7)]


@pytest.mark.parametrize("lamda", [0, 0.3, 1.0])
def test_gradient(batch, lamda):
    W, X, T = batch
    _, g, _ = softmax_classifier(W, X, T, lamda)
    for i in np.ndindex(W.shape):
        E = np.zeros_like(W)
        E[i] = 1e-6
        slope = (softmax_classifier(W + E, X, T, lamda)[0] - softmax_classifier(W - E, X, T, lamda)[0]) / 2e-6
        assert slope == pytest.approx(g[i], abs=1e-6)


@settings(max_examples=50)
@given(shift=st.floats(-1e3, 1e3))
def test_shift(shift):
    W, X, T = np.ones((1, 3)), np.ones((2, 1)), np.eye(3)[:2]
    assert softmax_classifier(W + shift, X, T, 0)[0] == pytest.approx(np.log(3))


class TestErrors:
    @pytest.mark.xfail(raises=ValueError, strict=True)
    def test_shapes(self):
        softmax_classifier(np.ones((2, 2)), np.ones((1, 3)), np.eye(2), 0)


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__, "-q"]))
