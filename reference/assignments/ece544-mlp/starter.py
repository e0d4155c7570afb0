"""Multi-layer perceptron from scratch. Write the bodies; keep the names and the order of the arguments.

All arrays are float64, class numbers are whole numbers. N examples are N rows; D inputs, C classes (any C from 2 up),
any number of hidden layers. params is {"W1": (D, H), "b1": (1, H), "W2": ..., ...}. act is "relu", "sigmoid" or "tanh".
"""

import numpy as np  # noqa: F401 - for the bodies to come


def forward(X, params, act):
    """X (N, D) -> (probs (N, C), cache): the softmax of the last layer, and whatever backward needs."""
    raise NotImplementedError


def backward(cache, T):
    """The cache of forward, T (N, C) one-hot -> a dict with the keys of params: gradients of the average likelihood."""
    raise NotImplementedError


def predict(X, params, act):
    """X (N, D) -> (N,): class numbers."""
    raise NotImplementedError


def confusion_matrix(y, yhat, K):
    """y, yhat (N,) class numbers -> (K, K) counts: rows true, columns predicted."""
    raise NotImplementedError


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    """X (N, D), y (N,) to train on, Xv, yv to validate on, hidden a number or a tuple -> params.

    Shuffled mini-batches, v = momentum v + lr gradient, w = w - v; everything random comes from rng, a NumPy Generator.
    """
    raise NotImplementedError
