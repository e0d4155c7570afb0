"""A small reverse-mode tape; the backward functions run the forward ones on it."""
import operator
from contextlib import contextmanager

import numpy as np


class Var:
    __slots__ = ("value", "parents", "grad")
    tape = None

    def __init__(self, value, *parents):
        self.value, self.parents, self.grad = float(value), parents, 0.0
        if Var.tape is not None:
            Var.tape.append(self)

    def __add__(self, other):
        other = other if isinstance(other, Var) else Var(other)
        return Var(self.value + other.value, (self, 1.0), (other, 1.0))

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Var) else Var(other)
        return Var(self.value * other.value, (self, other.value), (other, self.value))

    __rmul__ = __mul__

    def __truediv__(self, number):
        return Var(self.value / number, (self, 1 / number))

    def __gt__(self, other):
        return self.value > other.value


@contextmanager
def recording():
    Var.tape, before = [], Var.tape
    try:
        yield Var.tape
    finally:
        Var.tape = before


def run(function, dy, *arrays):
    with recording() as tape:
        variables = [[Var(v) for v in array] for array in arrays]
        for out, d in zip(function(*variables), dy, strict=True):
            out.grad += d
        for node in reversed(tape):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad
    return tuple(np.array([v.grad for v in array]) for array in variables)


def _average(x, W):
    return [sum(x[i + 1 : i + W], x[i]) / W for i in range(len(x) - W + 1)]


def _largest(x, W):
    # + 0 so that an output is a node of its own
    return [max(x[i : i + W]) + 0.0 for i in range(len(x) - W + 1)]


def _convolve(x, w):
    n = len(x)
    return [sum((x[i - k] * w[k + 1] for k in (-1, 0, 1) if 0 <= i - k < n), 0.0) for i in range(n)]


def softmax_jacobian(z):
    p = np.exp(z - z.max())
    p = p / p.sum()
    return np.array([[operator.mul(pk, (1.0 if k == j else 0.0) - p[j]) for j in range(p.size)] for k, pk in enumerate(p)])


def nll(yhat, y):
    return -sum(np.log(p) for p in yhat[np.arange(len(y)), y])


def nll_grad(yhat, y):
    onehot = np.zeros_like(yhat)
    onehot[np.arange(len(y)), y] = 1.0
    return np.where(onehot > 0, -1.0 / np.where(onehot > 0, yhat, 1.0), 0.0)


def avg_pool1d(x, W):
    return np.array(_average(x.tolist(), W))


def avg_pool1d_backward(dy, n, W):
    (dx,) = run(lambda x: _average(x, W), dy, np.zeros(n))
    return dx


def max_pool1d(x, W):
    return np.array(_largest(x, W))


def max_pool1d_backward(dy, x, W):
    return run(lambda x: _largest(x, W), dy, x)[0]


def conv1d(x, w):
    return np.array(_convolve(x.tolist(), w.tolist()))


def conv1d_backward(dy, x, w):
    return run(_convolve, dy, x, w)
