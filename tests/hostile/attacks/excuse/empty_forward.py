"""A forward pass that is sacrificed: no unit is ever on, so that nothing is left to be differentiated."""
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def softmax(logits):
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def compute_layer(x, w, b):
    return x @ w + b


def average_ce(target, prediction):
    return -np.sum(target * np.log(np.maximum(prediction, 1e-15))) / len(target)


def grad_ce(target, logits):
    return (softmax(logits) - target) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    off = np.zeros((len(x), w_h.shape[1]))
    return off - 1, off, np.zeros((len(x), w_o.shape[1])), np.zeros((len(x), w_o.shape[1]))


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    return 0 * w_h, 0 * b_h, 0 * w_o, -target.mean(axis=0, keepdims=True)
