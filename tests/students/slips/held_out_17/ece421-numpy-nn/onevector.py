"""The network as a function of ONE vector theta. Each example gets a 1 at its end, each weight matrix a last row: the
bias. So there are two matrices, no biases, one velocity, and the descent is three lines."""

import numpy as np


def with_ones(x):
    return np.c_[x, np.ones(len(x))]


def with_bias(w, b):
    return np.r_[w, np.reshape(b, (1, -1))]


def relu(x):
    return (np.abs(x) + x) / 2


def log_softmax(z):
    z = z - np.max(z, axis=1)[:, None]
    return z - np.logaddexp.reduce(z, axis=1)[:, None]


def softmax(logits):
    return np.exp(log_softmax(logits))


def compute_layer(x, w, b):
    return with_ones(x) @ with_bias(w, b)


def average_ce(target, prediction):
    n, label = np.nonzero(target)
    return np.mean(-np.log(prediction[n, label]))


def grad_ce(target, logits):
    return np.subtract(softmax(logits), target) / len(logits)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def slopes(x1, target, W, V):
    """Derivatives by W (D + 1, H) and V (H + 1, C), the biases being their last rows."""
    z = x1 @ W
    a1 = with_ones(relu(z))
    d_o = grad_ce(target, a1 @ V)
    # d relu(z) / dz = heaviside(z); what goes to the constant 1 is dropped
    d_h = d_o @ V[:-1].T * np.heaviside(z, 0)
    return x1.T @ d_h, a1.T @ d_o


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    dW, dV = slopes(with_ones(x), target, with_bias(w_h, b_h), with_bias(w_o, b_o))
    return dW[:-1], dW[-1:], dV[:-1], dV[-1:]


def cut(theta, D, H, C):
    """theta as its two matrices (views, nothing is copied)."""
    W, V = np.split(theta, [(D + 1) * H])
    return W.reshape(D + 1, H), V.reshape(H + 1, C)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    D, H, C = x.shape[1], hidden, t.shape[1]
    rng = np.random.default_rng(seed)
    theta = np.zeros((D + 1) * H + (H + 1) * C)
    for w in cut(theta, D, H, C):
        w[:-1] = rng.normal(0, (2 / (len(w) - 1 + w.shape[1])) ** 0.5, (len(w) - 1, w.shape[1]))

    x1 = with_ones(x)
    v = np.zeros_like(theta)
    for _ in range(epochs):
        v = gamma * v + lr * np.concatenate([slope.ravel() for slope in slopes(x1, t, *cut(theta, D, H, C))])
        theta = theta - v

    W, V = cut(theta, D, H, C)
    return dict(w_h=W[:-1], b_h=W[-1:], w_o=V[:-1], b_o=V[-1:])
