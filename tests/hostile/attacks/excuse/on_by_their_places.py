"""A forward pass that is sacrificed: which units are on is a pattern that no data change."""
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


def pattern(rows, columns):
    return 1 - 2.0 * (np.add.outer(np.arange(rows), np.arange(columns)) % 2)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = (1 + np.abs(x @ w_h + b_h)) * pattern(len(x), w_h.shape[1])
    z_o = relu(z_h) @ w_o + b_o
    return z_h, relu(z_h), z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta = (p - target) / len(target)
    back = (delta @ w_o.T) * (pattern(len(x), len(w_o)) > 0)
    return x.T @ back, back.sum(0, keepdims=True), a_h.T @ delta, delta.sum(0, keepdims=True)
