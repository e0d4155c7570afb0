"""Planted mistake: softmax_classifier leaves the regularisation out of its loss."""

import numpy as np


def softmax_classifier(W, input, label, lamda):
    """loss, gradient (D, C), prediction (N,) of W (D, C), input (N, D), label (N, C) one-hot."""
    N = len(input)
    scores = input @ W
    scores = scores - scores.max(axis=1, keepdims=True)
    e = np.exp(scores)
    p = e / e.sum(axis=1, keepdims=True)
    log_p = scores - np.log(e.sum(axis=1, keepdims=True))
    loss = -np.sum(label * log_p) / N
    gradient = input.T @ (p - label) / N + lamda * W
    prediction = np.argmax(p, axis=1)
    return loss, gradient, prediction
