"""Softmax classifier from a log-softmax: the true class is picked by its index, the penalty has a helper of its own."""

import numpy as np


def log_softmax(scores):
    """log of the softmax of every row, (N, C) -> (N, C), without ever taking exp of a large number."""
    top = np.max(scores, axis=1, keepdims=True)
    shifted = scores - top
    log_norm = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return shifted - log_norm


def l2_penalty(W, lamda):
    """Value and slope of lamda/2 * ||W||^2."""
    value = lamda / 2 * np.sum(W * W)
    slope = lamda * W
    return value, slope


def softmax_classifier(W, input, label, lamda):
    """loss, gradient (D, C) and predicted classes (N,) for W (D, C), input (N, D), one-hot label (N, C)."""
    num_examples = input.shape[0]
    rows = np.arange(num_examples)
    truth = np.argmax(label, axis=1)  # one-hot rows -> class numbers

    # forward
    scores = input.dot(W)
    log_probs = log_softmax(scores)
    probs = np.exp(log_probs)
    picked = log_probs[rows, truth]
    data_loss = -np.sum(picked) / num_examples
    penalty, d_penalty = l2_penalty(W, lamda)
    loss = data_loss + penalty

    # backward: every probability counts 1/N, and the true class gets 1/N less
    share = 1.0 / num_examples
    d_scores = share * probs
    d_scores[rows, truth] -= share
    d_W = input.T.dot(d_scores)
    gradient = d_W + d_penalty

    best = np.argmax(probs, axis=1)
    return loss, gradient, best
