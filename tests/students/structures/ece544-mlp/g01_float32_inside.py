"""Forward and backward in float32; weights stay float64."""
import numpy as np

F = np.float32


def _f(z, act):
    return np.maximum(z, 0) if act == "relu" else np.tanh(z) if act == "tanh" else (1 + np.tanh(z / 2)) / 2


def forward(X, params, act):
    L = len(params) // 2
    P = {k: v.astype(F) for k, v in params.items()}
    A = [X.astype(F)]
    for i in range(1, L):
        A.append(_f(A[-1] @ P[f"W{i}"] + P[f"b{i}"], act))
    z = A[-1] @ P[f"W{L}"] + P[f"b{L}"]
    e = np.exp(z - z.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    return p, (A, p, P, act)


def backward(cache, T):
    A, p, P, act = cache
    d, g = (p - T.astype(F)) / F(len(T)), {}
    for i in range(len(A), 0, -1):
        a = A[i - 1]
        g[f"W{i}"], g[f"b{i}"] = a.T @ d, d.sum(0, keepdims=True)
        d = (d @ P[f"W{i}"].T) * ((a > 0) if act == "relu" else 1 - a * a if act == "tanh" else a * (1 - a))
    return g


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    return np.array([[np.sum((y == i) & (yhat == j)) for j in range(K)] for i in range(K)])


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = [X.shape[1], *([hidden] if np.ndim(hidden) == 0 else hidden), y.max() + 1]
    params = {}
    for i, (n, m) in enumerate(zip(sizes[:-1], sizes[1:]), 1):
        params[f"W{i}"], params[f"b{i}"] = rng.normal(0, np.sqrt(2 / (n if act == "relu" else n + m)), (n, m)), np.zeros((1, m))
    v = {k: np.zeros_like(w) for k, w in params.items()}
    T = np.eye(sizes[-1])[y]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for s in range(0, len(X), batch_size):
            rows = order[s:s + batch_size]
            g = backward(forward(X[rows], params, act)[1], T[rows])
            for k in params:
                v[k] = momentum * v[k] + lr * g[k]
                params[k] = params[k] - v[k]
    return params
