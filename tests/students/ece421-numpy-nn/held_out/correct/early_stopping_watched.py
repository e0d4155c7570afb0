"""Style: watches validation for early stopping but does not act on it; returns extra keys; plots in a function."""
import numpy as np
import matplotlib.pyplot as plt
from sklearn.metrics import confusion_matrix
from tqdm import tqdm


def relu(x):
    return np.maximum(x, 0)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def compute_layer(x, w, b):
    return x @ w + b


def average_ce(target, prediction):
    p = prediction.copy()
    p[p < 1e-12] = 1e-12
    return -np.sum(target * np.log(p)) / len(target)


def grad_ce(target, logits):
    return (softmax(logits) - target) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = (d_o @ w_o.T) * (a_h > 0)
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h = rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1]))
    w = [w_h, np.zeros((1, hidden)), w_o, np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(p) for p in w]
    history = {"train": [], "valid": []}
    best, stop_at = np.inf, None
    for epoch in range(epochs):
        for i, g in enumerate(backward_prop(x, t, *w)):
            v[i] = gamma * v[i] + lr * g
            w[i] = w[i] - v[i]
        history["train"].append(average_ce(t, forward_prop(x, *w)[3]))
        valid = average_ce(tv, forward_prop(xv, *w)[3])
        history["valid"].append(valid)
        if valid < best:
            best = valid
        elif stop_at is None:
            stop_at = epoch
    return {"w_h": w[0], "b_h": w[1], "w_o": w[2], "b_o": w[3], "history": history, "stop_at": stop_at}


def show(history):
    plt.plot(history["train"])
    plt.plot(history["valid"])
    plt.show()
