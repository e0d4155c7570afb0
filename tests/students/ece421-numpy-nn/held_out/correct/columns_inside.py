"""Style: column-vector thinking (W x + b) inside every function, rows at the interface; results are transposed views."""
import numpy as np


def relu(x):
    return np.maximum(x.T, 0).T


def softmax(logits):
    Z = logits.T
    E = np.exp(Z - Z.max(axis=0))
    return (E / E.sum(axis=0)).T


def compute_layer(x, w, b):
    W, X, B = w.T, x.T, np.reshape(b, (-1, 1))
    return (W @ X + B).T


def average_ce(target, prediction):
    Y, P = target.T, prediction.T
    m = Y.shape[1]
    return -1 / m * np.sum(Y * np.log(P + 1e-9))


def grad_ce(target, logits):
    m = target.T.shape[1]
    return (1 / m * (softmax(logits).T - target.T)).T


def forward_prop(x, w_h, b_h, w_o, b_o):
    X = x.T
    Z1 = w_h.T @ X + np.reshape(b_h, (-1, 1))
    A1 = np.maximum(0, Z1)
    Z2 = w_o.T @ A1 + np.reshape(b_o, (-1, 1))
    E = np.exp(Z2 - Z2.max(axis=0))
    A2 = E / E.sum(axis=0)
    return Z1.T, A1.T, Z2.T, A2.T


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    Z1, A1, Z2, A2 = (m.T for m in forward_prop(x, w_h, b_h, w_o, b_o))
    m = A2.shape[1]
    dZ2 = A2 - target.T
    dW2 = 1 / m * dZ2 @ A1.T
    db2 = 1 / m * dZ2.sum(axis=1, keepdims=True)
    dZ1 = (w_o @ dZ2) * (Z1 > 0)
    dW1 = 1 / m * dZ1 @ x
    db1 = 1 / m * dZ1.sum(axis=1, keepdims=True)
    return dW1.T, db1.T, dW2.T, db2.T


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    W1 = rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (hidden, x.shape[1]))
    W2 = rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (t.shape[1], hidden))
    b1, b2 = np.zeros((hidden, 1)), np.zeros((t.shape[1], 1))
    V = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    for _ in range(epochs):
        g = [p.T for p in backward_prop(x, t, W1.T, b1.T, W2.T, b2.T)]
        V = [gamma * v + lr * d for v, d in zip(V, g)]
        W1, b1, W2, b2 = W1 - V[0], b1 - V[1], W2 - V[2], b2 - V[3]
    return {"w_h": W1.T, "b_h": b1.T, "w_o": W2.T, "b_o": b2.T}
