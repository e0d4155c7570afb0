"""All parameters in one vector, the matrices are views of it: one line of momentum for everything."""
import math
import operator
from itertools import accumulate

import numpy as np


class Flat:
    __slots__ = ("shapes", "vector", "views")

    def __init__(self, shapes, vector=None):
        self.shapes = dict(shapes)
        ends = list(accumulate(map(math.prod, self.shapes.values())))
        self.vector = np.zeros(ends[-1]) if vector is None else vector
        parts = np.split(self.vector, ends[:-1])
        self.views = {k: part.reshape(s, order="F") for (k, s), part in zip(self.shapes.items(), parts)}

    def __getitem__(self, key):
        return self.views[key]

    def __len__(self):
        return len(self.shapes)

    def keys(self):
        return self.views.keys()

    def fill(self, values):
        for key in values.keys():
            self.views[key][...] = values[key]
        return self


def act_and_slope(act):
    if act == "relu":
        def f(z): return np.maximum(z, 0)
        def df(a): return np.sign(a)  # a is 0 or positive
    elif act == "sigmoid":
        def f(z):
            e = np.exp(np.where(z < 0, z, -z))
            return np.where(z < 0, e, 1) / (1 + e)
        def df(a): return a * (1 - a)
    else:
        f, df = np.tanh, lambda a: 1 - a**2
    return f, df


def forward(X, params, act):
    f, _ = act_and_slope(act)
    L = len(params) // 2
    a = [X.T]  # examples as columns inside
    for i in range(1, L + 1):
        z = params[f"W{i}"].T @ a[-1] + params[f"b{i}"].T
        a.append(f(z) if i < L else z)
    e = np.exp(a[-1] - a[-1].max(axis=0))
    a[-1] = e / e.sum(axis=0)
    return a[-1].T, {"a": tuple(a), "W": [params[f"W{i}"].copy() for i in range(1, L + 1)], "act": act}


def backward(cache, T):
    a, W, act = operator.itemgetter("a", "W", "act")(cache)
    _, df = act_and_slope(act)
    d = (a[-1] - T.T) / T.shape[0]
    grads = {}
    for i in reversed(range(len(W))):
        grads[f"W{i + 1}"] = (d @ a[i].T).T  # a transposed view
        grads[f"b{i + 1}"] = d.sum(axis=1)[:, None].T
        if i:
            d = (W[i] @ d) * df(a[i])
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return probs.argmax(axis=1).astype(np.int32)


def confusion_matrix(y, yhat, K):
    M = np.zeros((K, K), order="F")
    for k in range(K):
        M[k, :] = np.bincount(yhat[y == k], minlength=K)
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = [X.shape[1]] + np.ravel(hidden).tolist() + [int(max(y.max(), yv.max())) + 1]
    shapes = {}
    for i, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
        shapes[f"W{i}"], shapes[f"b{i}"] = (a, b), (1, b)
    w, v, g = Flat(shapes), Flat(shapes), Flat(shapes)
    for key, (a, b) in shapes.items():
        if key.startswith("W"):
            w[key][...] = rng.normal(0, math.sqrt(2 / a) if act == "relu" else math.sqrt(2 / (a + b)), (a, b))
    T = np.eye(sizes[-1])[y]
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for lo in range(0, len(y), batch_size):
            rows = order[lo : lo + batch_size]
            g.fill(backward(forward(X[rows], w, act)[1], T[rows]))
            v.vector *= momentum
            v.vector += lr * g.vector
            w.vector -= v.vector
    return dict(w.views)
