"""Part 2 in blocks of 16 rows, so that large inputs fit: sums are added up and divided at the end."""

from collections import namedtuple

import numpy as np

Block = namedtuple("Block", "x t z")


def softmax_rows(s):
    s = s - s.max(axis=-1, keepdims=True)
    s = np.exp(s)
    return s / s.sum(axis=-1, keepdims=True)


def blocks(W, X, T, size=16):
    for first in range(0, X.shape[0], size):
        x, t = X[first : first + size], T[first : first + size]
        yield Block(x, t, softmax_rows(x @ W))


def softmax_classifier(W, input, label, lamda):
    N = input.shape[0]
    total, gradient, prediction = 0.0, np.zeros(W.shape), []
    for block in blocks(W, input, label):
        total += np.log((block.z * block.t).sum(axis=1) + 1e-12).sum()
        gradient += block.x.T @ (block.z - block.t)
        prediction.extend(block.z.argmax(axis=1))
    loss = -total / N + lamda * np.power(W, 2).sum() / 2
    return loss, gradient / N + lamda * W, np.array(prediction)
