#!/usr/bin/env python3
"""Softmax classifier, on a GPU where there is one.

>>> import numpy
>>> softmax_classifier(numpy.zeros((2, 2)), numpy.eye(2), numpy.eye(2), 0.0)[0].round(4)
0.6931
"""
import argparse
import sys
import unittest

import numpy as np

try:
    import matplotlib.pyplot as plt
    import pandas as pd
except ImportError:
    plt = pd = None

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(iterable, **kwargs):
        return iterable

try:
    from scipy.special import logsumexp, softmax
except ImportError:
    def logsumexp(a, axis=None, keepdims=False):
        top = np.max(a, axis=axis, keepdims=True)
        out = top + np.log(np.sum(np.exp(a - top), axis=axis, keepdims=True))
        return out if keepdims else np.squeeze(out, axis=axis)

    def softmax(a, axis=None):
        return np.exp(a - logsumexp(a, axis=axis, keepdims=True))

try:
    from numba import njit
except ImportError:
    def njit(*args, **kwargs):
        if args and callable(args[0]):
            return args[0]
        return lambda function: function

__all__ = ["softmax_classifier"]


@njit(cache=True)
def l2(W, lamda):
    return 0.5 * lamda * np.sum(W * W)


@njit
def dl2(W, lamda):
    return lamda * W


def softmax_classifier(W, input, label, lamda):
    s = input @ W
    loss = np.mean(logsumexp(s, axis=1) - np.sum(label * s, axis=1)) + l2(W, lamda)
    z = softmax(s, axis=1)
    return loss, input.T @ (z - label) / s.shape[0] + dl2(W, lamda), z.argmax(axis=1)


class TestGradient(unittest.TestCase):
    def test_difference_quotient(self):
        rng = np.random.default_rng(0)
        W, X, T = rng.normal(size=(4, 3)), rng.normal(size=(5, 4)), np.eye(3)[rng.integers(0, 3, 5)]
        g = softmax_classifier(W, X, T, 0.1)[1]
        for index in np.ndindex(*W.shape):
            e = np.zeros_like(W)
            e[index] = 1e-5
            d = softmax_classifier(W + e, X, T, 0.1)[0] - softmax_classifier(W - e, X, T, 0.1)[0]
            self.assertAlmostEqual(d / 2e-5, g[index], 6)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=10)
    args, rest = parser.parse_known_args()
    unittest.main(argv=sys.argv[:1] + rest)
