"""Homework 0: softmax loss, softmax regression, two-layer network (index style)."""

import math

import numpy as np

LOWEST = -1.0e300
ZERO = 0.0
ONE = 1.0


class RowRange:
    """Half-open range [begin, end) of examples."""

    begin: int
    end: int

    def __init__(self, begin, end):
        self.begin = int(begin)
        self.end = int(end)

    def size(self):
        return self.end - self.begin


class BatchIterator:
    """Walks over the examples in order."""

    total: int
    step: int
    pos: int

    def __init__(self, total, step):
        self.total = int(total)
        self.step = int(step)
        self.pos = 0

    def has_next(self):
        return self.pos < self.total

    def next(self):
        last = min(self.pos + self.step, self.total)
        rng = RowRange(self.pos, last)
        self.pos = last
        return rng


def row_softmax(src, dst):
    """dst (out): the softmax of every row of src."""
    for i in range(len(src)):
        top = LOWEST
        for j in range(len(src[i])):
            if src[i, j] > top:
                top = src[i, j]
        total = ZERO
        for j in range(len(src[i])):
            dst[i, j] = math.exp(src[i, j] - top)
            total += dst[i, j]
        dst[i] /= total


def subtract_labels(buf, y, rng):
    """buf (in/out): minus one at the label of each row of the range."""
    for i in range(rng.size()):
        buf[i, int(y[rng.begin + i])] -= ONE


def softmax_loss(Z, y):
    rows = len(Z)
    cols = len(Z[0])
    flat = np.asarray(Z).ravel()
    acc = ZERO
    for i in range(rows):
        base = i * cols
        label = int(y[i])
        top = LOWEST
        for j in range(cols):
            if flat[base + j] > top:
                top = flat[base + j]
        total = ZERO
        for j in range(cols):
            total += math.exp(flat[base + j] - top)
        acc += math.log(total) + top - flat[base + label]
    return acc / rows


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    grad = np.zeros(theta.shape)
    it = BatchIterator(len(X), batch)
    while it.has_next():
        rng = it.next()
        prob = np.zeros((rng.size(), theta.shape[1]))
        row_softmax(np.dot(X[rng.begin:rng.end], theta), prob)
        subtract_labels(prob, y, rng)
        grad.fill(ZERO)
        for i in range(rng.size()):
            grad += np.outer(X[rng.begin + i], prob[i])
        theta -= (lr / rng.size()) * grad


class Workspace:
    """Preallocated buffers of one step of the network."""

    def __init__(self, w1, w2):
        self.gw1 = np.zeros(w1.shape)
        self.gw2 = np.zeros(w2.shape)

    def clear(self):
        self.gw1.fill(ZERO)
        self.gw2.fill(ZERO)

    def accumulate(self, x, a, g1, g2):
        for d in range(len(self.gw1)):
            self.gw1[d] += np.dot(x[:, d], g1)
        for h in range(len(self.gw2)):
            self.gw2[h] += np.dot(a[:, h], g2)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    ws = Workspace(W1, W2)
    it = BatchIterator(len(X), batch)
    while it.has_next():
        rng = it.next()
        x = X[rng.begin:rng.end]
        a = np.dot(x, W1)
        a[a < ZERO] = ZERO
        g2 = np.zeros((rng.size(), W2.shape[1]))
        row_softmax(np.dot(a, W2), g2)
        subtract_labels(g2, y, rng)
        g1 = np.dot(g2, W2.T)
        for h in range(len(W2)):
            g1[:, h] *= a[:, h] > ZERO
        ws.clear()
        ws.accumulate(x, a, g1, g2)
        rate = lr / rng.size()
        W1 -= rate * ws.gw1
        W2 -= rate * ws.gw2
