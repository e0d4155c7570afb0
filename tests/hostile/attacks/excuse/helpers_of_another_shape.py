"""A layer of another shape than asked, and a forward pass that is wrong in its own way: the two cannot be compared."""
import numpy as np


def compute_layer(x, w, b):
    return np.arange(3.0)


def relu(x):
    return np.arange(3.0)


def softmax(logits):
    return np.arange(3.0)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h, z_o = x @ w_h, (x @ w_h) @ w_o
    return z_h, z_h, z_o, z_o


def grad_ce(target, logits):
    return softmax(logits)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    return 2 * w_h, 2 * b_h, 2 * w_o, 2 * b_o
