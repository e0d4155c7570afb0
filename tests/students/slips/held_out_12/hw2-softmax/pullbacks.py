"""Each stage gives its value and a closure that pulls a gradient back; probabilities are clipped inside the logarithm."""
import functools

import numpy as np

EPS = 1e-15


def linear(X, W):
    return X @ W, lambda g: X.T @ g


def softmax(s):
    shifted = s - np.amax(s, axis=1, keepdims=True)
    e = np.exp(shifted)
    z = np.divide(e, np.sum(e, axis=1, keepdims=True))
    return z


def softmax_cross_entropy(s, T):
    z = softmax(s)
    n = s.shape[0]
    value = -np.sum(T * np.log(np.clip(z, EPS, 1.0))) / n
    return value, lambda g: g * (z - T) / n


def ridge(W, lamda):
    return lamda / 2 * np.linalg.norm(W) ** 2, lambda g: g * lamda * W


def compose(*pullbacks):
    """The last stage's pullback first."""
    return lambda g: functools.reduce(lambda acc, pull: pull(acc), reversed(pullbacks), g)


def softmax_classifier(W, input, label, lamda):
    scores, to_weights = linear(input, W)
    data, to_scores = softmax_cross_entropy(scores, label)
    extra, to_ridge = ridge(W, lamda)
    gradient = compose(to_weights, to_scores)(1.0) + to_ridge(1.0)
    prediction = softmax(scores).argmax(1)
    return data + extra, gradient, prediction
