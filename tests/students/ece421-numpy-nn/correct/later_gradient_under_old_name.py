"""The spellings of 2019, the logits gradient of later years."""
import numpy as np

relu = lambda x: np.maximum(0.0, x)


def softmax(z):
    z = z - np.max(z, axis=1, keepdims=True)
    return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)


def ComputeLayer(x, w, b):
    return x @ w + b


def averagece(target, prediction):
    p = np.maximum(prediction, 1e-10)
    return -(target * np.log(p)).sum(axis=1).mean()


def gradCE(target, logits):
    return (softmax(logits) - target) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = ComputeLayer(x, w_h, b_h)
    z_o = ComputeLayer(relu(z_h), w_o, b_o)
    return z_h, relu(z_h), z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    g = gradCE(target, z_o)
    h = g @ w_o.T
    h *= z_h > 0
    return x.T @ h, h.sum(0, keepdims=True), a_h.T @ g, g.sum(0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    limit = lambda a, b: np.sqrt(6 / (a + b))
    d, c = x.shape[1], t.shape[1]
    P = {
        "w_h": rng.uniform(-limit(d, hidden), limit(d, hidden), (d, hidden)),
        "b_h": np.zeros((1, hidden)),
        "w_o": rng.uniform(-limit(hidden, c), limit(hidden, c), (hidden, c)),
        "b_o": np.zeros((1, c)),
    }
    V = {k: 0.0 for k in P}
    for _ in range(epochs):
        G = dict(zip(P, backward_prop(x, t, **P)))
        V = {k: gamma * V[k] + lr * G[k] for k in P}
        P = {k: P[k] - V[k] for k in P}
    return P
