#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""
Created on Tue Oct 16 21:47:03 2018

@author: Mads
"""
from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as numpy
import numpy as np
from numpy import *
from numpy import exp, log

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

np.random.seed(2018)
np.set_printoptions(precision=3, suppress=True)
DEBUG = "--debug" in sys.argv

# %% helpers
one_in_k_encoding = lambda vec, k: np.eye(k)[np.asarray(vec, dtype=int)]
relu = lambda x: numpy.where(x > 0, x, 0.0)


def softmax(X: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = X - np.amax(X, axis=-1, keepdims=True)
    return (e := exp(shifted)) / e.sum(axis=-1, keepdims=True)


def get_init_params(input_dim, hidden_size, output_size):
    sizes = {"1": (input_dim, hidden_size), "2": (hidden_size, output_size)}
    init = {}
    for k, (a, b) in sizes.items():
        init["W" + k] = np.random.normal(0, np.sqrt(2 / a), (a, b))
        init["b" + k] = np.zeros((1, b))
    return init


# %% the class: only the state, the methods follow below, one per exercise
class NetClassifier(object):
    """Net classifier with one hidden layer."""

    def __init__(self):
        self.params = None
        self.history = None


# %% exercise 1
def cost_grad(X, y, params, reg=0.0):
    n, k = X.shape[0], params["W2"].shape[1]
    z1 = X @ params["W1"] + params["b1"]
    a1 = relu(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    top = z2.max(axis=1, keepdims=True)
    logsum = log(exp(z2 - top).sum(axis=1)) + top[:, 0]
    cost = (logsum - z2[np.arange(n), y]).mean() + reg * sum([np.sum(params[w] ** 2) for w in ("W1", "W2")])
    d2 = (softmax(z2) - one_in_k_encoding(y, k)) / n
    d1 = d2 @ params["W2"].T
    d1 = np.where(z1 > 0, d1, 0)
    grads = dict(
        d_w1=X.T @ d1 + 2 * reg * params["W1"],
        d_w2=a1.T @ d2 + 2 * reg * params["W2"],
        d_b1=d1.sum(0, keepdims=True),
        d_b2=d2.sum(0, keepdims=True),
    )
    return cost, grads


NetClassifier.cost_grad = staticmethod(cost_grad)


# %% exercise 2
def predict(self, X, params=None):
    p = self.params if params is None else params
    return (relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]).argmax(1)


def score(self, X, y, params=None):
    return float((self.predict(X, params) == y).mean())


def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
    P = {k: v.copy() for k, v in init_params.items()}
    H = {k: [] for k in ("train_loss", "train_acc", "val_loss", "val_acc")}
    n = len(X_train)
    for epoch in range(epochs):
        perm = np.random.permutation(n)
        for i in range(0, n, batch_size):
            b = perm[i:i + batch_size]
            c, g = self.cost_grad(X_train[b], y_train[b], P, reg)
            for w in P:
                P[w] = P[w] - lr * g[f"d_{w.lower()}"]
        H["train_loss"].append(self.cost_grad(X_train, y_train, P, reg)[0])
        H["val_loss"].append(self.cost_grad(X_val, y_val, P, reg)[0])
        H["train_acc"].append(self.score(X_train, y_train, P))
        H["val_acc"].append(self.score(X_val, y_val, P))
        if DEBUG:
            print(epoch, H["val_acc"][-1])
    self.params, self.history = P, H


for _f in (predict, score, fit):
    setattr(NetClassifier, _f.__name__, _f)
del _f, predict, score, fit

# %% numerical check on tiny data
_p = get_init_params(3, 4, 2)
_X, _y = np.random.randn(5, 3), np.array([0, 1, 1, 0, 1])
_c, _g = NetClassifier.cost_grad(_X, _y, _p, 0.1)
for _i in range(3):
    _q = {k: v.copy() for k, v in _p.items()}
    _q["W1"][_i, 0] += 1e-6
    assert abs((NetClassifier.cost_grad(_X, _y, _q, 0.1)[0] - _c) / 1e-6 - _g["d_w1"][_i, 0]) < 1e-3
print("gradient check passed")

# %% training, needs the course's data
if __name__ == "__main__":
    data = np.load("data/digits_train.npz")
    net = NetClassifier()
    net.fit(data["X"][:1000], data["y"][:1000], data["X"][1000:], data["y"][1000:], get_init_params(64, 32, 10))
    import matplotlib.pyplot as plt
    plt.plot(net.history["train_loss"]); plt.show()
