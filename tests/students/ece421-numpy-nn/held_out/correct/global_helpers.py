"""Style: small global helpers, a module-level generator and counters that change nothing, isclose masks."""
import math
import numpy as np

np.random.seed(421)
rng = np.random.RandomState(1)
CALLS = 0
EPS = np.finfo(float).eps
ZERO = 0.0


def rows(a):
    return a.shape[0]


def count():
    global CALLS
    CALLS += 1


def safe_log(p):
    return np.log(p, out=np.full_like(p, math.log(1e-15)), where=p > 0)


def colsum(a):
    return np.sum(a, axis=0).reshape(1, a.shape[1])


def mask(z):
    return np.greater(z, ZERO).astype(float)


def relu(x):
    count()
    return mask(x) * x + ZERO


def softmax(logits):
    count()
    centred = logits - np.max(logits, axis=1)[:, None]
    return np.exp(centred) / np.exp(centred).sum(axis=1)[:, None]


def compute_layer(x, w, b):
    count()
    return np.inner(x, w.T) + b


def average_ce(target, prediction):
    return -np.vdot(target, safe_log(prediction)) / rows(target)


def grad_ce(target, logits):
    return np.true_divide(softmax(logits) - target, rows(target))


def forward_prop(x, w_h, b_h, w_o, b_o):
    hidden_in = compute_layer(x, w_h, b_h)
    hidden_out = relu(hidden_in)
    out = compute_layer(hidden_out, w_o, b_o)
    return hidden_in, hidden_out, out, softmax(out)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    hidden_in, hidden_out, out, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    e2 = grad_ce(target, out)
    e1 = np.inner(e2, w_o) * mask(hidden_in)
    return np.dot(x.T, e1), colsum(e1), np.dot(hidden_out.T, e2), colsum(e2)


def init(i, o, seed):
    return np.random.RandomState(seed).normal(0, math.sqrt(2 / (i + o)), (i, o))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    w = {"w_h": init(x.shape[1], hidden, seed), "b_h": np.zeros((1, hidden)),
         "w_o": init(hidden, t.shape[1], seed + 1), "b_o": np.zeros((1, t.shape[1]))}
    v = {}
    for _ in range(epochs):
        g = dict(zip(w, backward_prop(x, t, w["w_h"], w["b_h"], w["w_o"], w["b_o"])))
        for key in w:
            v[key] = lr * g[key] + gamma * v[key] if key in v else lr * g[key]
        w = {key: w[key] - v[key] for key in w}
    return w
