"""Softmax regression as a chain of small pure functions; nothing is ever assigned twice."""

from functools import partial, reduce

import numpy as np


def pipe(*steps):
    return lambda start: reduce(lambda value, step: step(value), steps, start)


def centred(scores):
    return scores - np.amax(scores, axis=1)[:, None]


def log_partition(s):
    return np.log(np.sum(np.exp(s), axis=1))[:, None]


def log_probabilities(scores):
    return pipe(centred, lambda s: s - log_partition(s))(scores)


def cross_entropy(label, logp):
    return -np.einsum("nk,nk->", label, logp) / label.shape[0]


def ridge(strength):
    def value(w):
        return strength / 2 * np.sum(np.square(w))

    def slope(w):
        return strength * w

    return value, slope


def residual(label, logp):
    return np.exp(logp) - label


def pull_back(inputs, cotangent):
    return np.einsum("nd,nk->dk", inputs, cotangent) / inputs.shape[0]


def softmax_classifier(W, input, label, lamda):
    penalty, penalty_slope = ridge(lamda)
    logp = pipe(partial(np.dot, input), log_probabilities)(W)
    data_slope = pipe(partial(residual, label), partial(pull_back, input))(logp)
    return (
        cross_entropy(label, logp) + penalty(W),
        data_slope + penalty_slope(W),
        np.argmax(logp, axis=1),
    )
