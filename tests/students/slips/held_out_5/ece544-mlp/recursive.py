"""Forward and backward as one recursion over the layers: the cache is a chain of closures."""
from typing import Any, Callable, Dict, Tuple

import numpy as np

Params = Dict[str, np.ndarray]


def _sigmoid(z: np.ndarray) -> np.ndarray:
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


VALUE: Dict[str, Callable] = {"relu": lambda z: np.where(z > 0, z, 0), "sigmoid": _sigmoid, "tanh": np.tanh}
SLOPE: Dict[str, Callable] = {
    "relu": lambda a: np.where(a > 0, 1.0, 0.0),
    "sigmoid": lambda a: a - a**2,
    "tanh": lambda a: (1 + a) * (1 - a),
}


def _descend(A: np.ndarray, params: Params, act: str, i: int) -> Tuple[np.ndarray, Callable]:
    L = len(params) // 2
    W, b = params["W" + str(i)], params["b" + str(i)]
    Z = A @ W + b

    def own(d: np.ndarray, grads: Params) -> np.ndarray:
        grads["W" + str(i)] = A.T @ d
        grads["b" + str(i)] = np.sum(d, axis=0, keepdims=True)
        return d @ W.T

    if i == L:
        shifted = Z - Z.max(axis=1, keepdims=True)
        P = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
        return P, lambda T, grads: own((P - T) / T.shape[0], grads)

    H = VALUE[act](Z)
    P, above = _descend(H, params, act, i + 1)
    return P, lambda T, grads: own(above(T, grads) * SLOPE[act](H), grads)


def forward(X, params, act):
    return _descend(X, params, act, 1)


def backward(cache: Any, T: np.ndarray) -> Params:
    grads: Params = {}
    cache(T, grads)
    return grads


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(axis=-1).astype(int)


def confusion_matrix(y, yhat, K):
    flat = np.bincount(K * np.asarray(y) + np.asarray(yhat), minlength=K * K)
    return flat.reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    K = int(max(y.max(), yv.max())) + 1
    sizes = [X.shape[1], *np.atleast_1d(hidden).tolist(), K]
    params: Params = {}
    for i, (m, n) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
        params[f"W{i}"] = rng.standard_normal((m, n)) * np.sqrt(2 / m if act == "relu" else 2 / (m + n))
        params[f"b{i}"] = np.zeros((1, n))
    v = {k: np.zeros(p.shape) for k, p in params.items()}
    T = (y[:, None] == np.arange(K)).astype(float)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for rows in np.split(order, range(batch_size, len(y), batch_size)):
            _, cache = forward(X[rows], params, act)
            grads = backward(cache, T[rows])
            v = {k: momentum * v[k] + lr * grads[k] for k in v}
            params = {k: params[k] - v[k] for k in params}
    return params
