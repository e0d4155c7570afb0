"""Homework 0: softmax loss, softmax regression and a two-layer network, fed by a stream of mini-batches."""

from collections import namedtuple
from itertools import count, takewhile

import numpy as np

Batch = namedtuple("Batch", "x labels size")
Activations = namedtuple("Activations", "hidden logits")


def starts(total, step):
    """0, step, 2 step, ... below total."""
    return takewhile(lambda at: at < total, count(0, step))


def in_order(X, y, size):
    """The examples in their order, `size` at a time; the last batch has what is left."""
    for at in starts(len(X), size):
        piece = slice(at, at + size)
        yield Batch(X[piece], y[piece], len(X[piece]))


def shifted(Z):
    return Z - Z.max(axis=1, keepdims=True)


def softmax(Z):
    e = np.exp(shifted(Z))
    return e / e.sum(axis=1, keepdims=True)


def is_label(labels, classes):
    """(B,) -> (B, C) of booleans."""
    return labels[:, None] == np.arange(classes)


def error(logits, labels):
    """What the sum of the losses gains per logit."""
    return softmax(logits) - is_label(labels, logits.shape[1])


def example_losses(Z, y):
    for z, label in zip(shifted(Z), y):
        yield np.log(np.exp(z).sum()) - z[label]


def softmax_loss(Z, y):
    return sum(example_losses(Z, y)) / len(Z)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for x, labels, size in in_order(X, y, batch):
        theta -= lr * (x.T @ error(x @ theta, labels)) / size


def activate(x, W1, W2):
    hidden = np.maximum(x @ W1, 0)
    return Activations(hidden, hidden @ W2)


def slopes(piece, W1, W2):
    """The average gradients by W2 and by W1, in this order."""
    hidden, logits = activate(piece.x, W1, W2)
    top = error(logits, piece.labels) / piece.size
    yield hidden.T @ top
    below = (top @ W2.T) * (hidden > 0)
    yield piece.x.T @ below


def descend(weights, gradients, lr):
    for weight, gradient in zip(weights, gradients):
        weight -= lr * gradient


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for piece in in_order(X, y, batch):
        both = tuple(slopes(piece, W1, W2))  # all of them before anything moves
        descend((W2, W1), both, lr)
