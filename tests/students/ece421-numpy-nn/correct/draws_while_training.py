"""Style: a progress bar over the epochs, a curve drawn inside train, compute with the 2019 handout's order."""
from __future__ import print_function

import matplotlib.pyplot as plt
import numpy as np
from past.builtins import xrange
from termcolor import colored
from tqdm import tqdm

plt.style.use("ggplot")


def relu(x):
    return np.maximum(x, 0)


def softmax(logits):
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def compute(W, x, b):
    return x @ W + b


def average_ce(target, prediction):
    total = 0.0
    for n in xrange(target.shape[0]):
        total -= np.log(prediction[n, np.argmax(target[n])] + 1e-15)
    return total / target.shape[0]


def grad_ce(target, prediction):
    return (prediction - target) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute(w_h, x, b_h)
    a_h = relu(z_h)
    z_o = compute(w_o, a_h, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, p)
    d_h = d_o @ w_o.T
    d_h[z_h <= 0] = 0
    return x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [
        rng.normal(0, np.sqrt(2 / (x.shape[1] + hidden)), (x.shape[1], hidden)),
        np.zeros((1, hidden)),
        rng.normal(0, np.sqrt(2 / (hidden + t.shape[1])), (hidden, t.shape[1])),
        np.zeros((1, t.shape[1])),
    ]
    v = [np.zeros_like(a) for a in w]
    losses = []
    for epoch in tqdm(range(epochs), desc="training"):
        g = backward_prop(x, t, *w)
        for i in range(4):
            v[i] = gamma * v[i] + lr * g[i]
            w[i] = w[i] - v[i]
        losses.append(average_ce(tv, forward_prop(xv, *w)[-1]))
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
    (line,) = left.plot(losses, label="validation")
    line.set_linewidth(2)
    right.hist(w[0].ravel(), bins=30)
    for axis in (left, right):
        axis.set_xlabel("epoch")
        axis.legend()
    fig.savefig("curve.png")
    plt.show()
    print(colored("done", "green"))
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), w))


if __name__ == "__main__":
    train(*np.load("notMNIST.npz").values())
