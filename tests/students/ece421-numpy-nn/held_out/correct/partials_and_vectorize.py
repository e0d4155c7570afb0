"""Style: functools.partial, np.vectorize with otypes, functools.reduce, operator."""
import operator
from functools import partial, reduce

import numpy as np

relu = np.vectorize(lambda value: max(value, 0.0), otypes=[np.float64])
column_sums = partial(np.sum, axis=0, keepdims=True)
row_sums = partial(np.sum, axis=1, keepdims=True)
row_max = partial(np.max, axis=1, keepdims=True)


def softmax(logits):
    e = np.exp(logits - row_max(logits))
    return operator.truediv(e, row_sums(e))


def compute_layer(x, w, b):
    return reduce(operator.add, [x @ w, b])


def average_ce(target, prediction):
    return -sum(np.log(p[t == 1][0] + 1e-15) for t, p in zip(target, prediction)) / len(target)


def _scaled_difference(scale, target, logits):
    return (softmax(logits) - target) * scale


def grad_ce(target, logits):
    return partial(_scaled_difference, 1 / len(target))(target, logits)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    step = np.vectorize(lambda z: 1.0 if z > 0 else 0.0, otypes=[float])
    d_h = (d_o @ w_o.T) * step(z_h)
    return x.T @ d_h, column_sums(d_h), a_h.T @ d_o, column_sums(d_o)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(p) for p in w]
    for _ in range(epochs):
        z = x @ w[0] + w[1]
        a = np.maximum(z, 0)
        d_o = grad_ce(t, a @ w[2] + w[3])
        d_h = (d_o @ w[2].T) * (z > 0)
        grads = (x.T @ d_h, column_sums(d_h), a.T @ d_o, column_sums(d_o))
        v = [gamma * a + lr * b for a, b in zip(v, grads)]
        w = [a - b for a, b in zip(w, v)]
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), w))
