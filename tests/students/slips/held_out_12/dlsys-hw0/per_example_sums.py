"""Gradients gathered one example at a time, applied when a batch is full (or the data end)."""
import numpy as np


def _probabilities(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def softmax_loss(Z, y):
    total = 0.0
    for z, label in zip(Z, y):
        gaps = z - z[int(label)]
        top = gaps.max()
        total += top + np.log(np.exp(gaps - top).sum())
    return total / len(Z)


class Collector:
    """Sums of gradients for some arrays, and the step on them."""

    def __init__(self, arrays, lr):
        self.arrays, self.lr = arrays, lr
        self.clear()

    def clear(self):
        self.sums = [np.zeros(a.shape) for a in self.arrays]
        self.count = 0

    def take(self, *gradients):
        for s, g in zip(self.sums, gradients):
            s += g
        self.count += 1

    def apply(self):
        if self.count == 0:
            return
        for a, s in zip(self.arrays, self.sums):
            a[...] = a - self.lr * s / self.count
        self.clear()


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    collector = Collector([theta], lr)
    for x, label in zip(X, y):
        delta = _probabilities(x @ theta)
        delta[int(label)] -= 1
        collector.take(np.outer(x, delta))
        if collector.count == batch:
            collector.apply()
    collector.apply()


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    collector = Collector([W1, W2], lr)
    for x, label in zip(X, y):
        a = (x @ W1).clip(min=0)
        g2 = _probabilities(a @ W2)
        g2[int(label)] -= 1
        g1 = np.where(a > 0, W2 @ g2, 0)
        collector.take(np.outer(x, g1), np.outer(a, g2))
        if collector.count == batch:
            collector.apply()
    collector.apply()
