import numpy as np


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    # TODO subtract the max?
    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)


def compute_layer(x, w, b):
    return x @ w + b


def average_ce(target, prediction):
    loss = -np.sum(target * np.log(prediction), axis=1)
    # TODO mean


def grad_ce(target, logits):
    raise NotImplementedError


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    return z_h, a_h


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    return None


def train(x, t, xv, tv):
    return {}
