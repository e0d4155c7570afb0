from dataclasses import dataclass, field

import numpy as np


@dataclass
class Tape:
    xs: list = field(default_factory=list)
    zs: list = field(default_factory=list)
    ws: list = field(default_factory=list)
    names: list = field(default_factory=list)
    probs: np.ndarray | None = None
    act: str = ""


def phi(z, act):
    match act:
        case "relu":
            return z.clip(0)
        case "sigmoid":
            return np.exp(-np.logaddexp(0, -z))
        case "tanh":
            return 2 / (1 + np.exp(-2 * np.clip(z, -350, 350))) - 1


def dphi(z, act):
    a = phi(z, act)
    match act:
        case "relu":
            return np.greater(z, 0)
        case "sigmoid":
            return a * phi(-z, act)
        case "tanh":
            return 1 - np.square(a)


def forward(X, params, act):
    tape = Tape(act=act)
    out = X
    depth = len(params) // 2
    for i in range(depth):
        if i:
            out = phi(out, act)
        tape.xs.append(out)
        w, b = params[f"W{i + 1}"], params[f"b{i + 1}"]
        out = out @ w + b
        tape.zs.append(out)
        tape.ws.append(w)
        tape.names.append((f"W{i + 1}", f"b{i + 1}"))
    tape.probs = np.exp(out - np.logaddexp.reduce(out, axis=1)[:, None])
    return tape.probs, tape


def backward(cache, T):
    grads = {}
    d = np.subtract(cache.probs, T) / len(T)
    stack = list(zip(cache.xs, cache.zs, cache.ws, cache.names))
    while stack:
        x, z, w, (wn, bn) = stack.pop()
        grads[wn] = x.T @ d
        grads[bn] = d.sum(0, keepdims=True)
        if stack:
            d = (d @ w.T) * dphi(stack[-1][1], cache.act)
    return grads


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], 1)


def confusion_matrix(y, yhat, K):
    m = np.zeros((K, K), int)
    np.add.at(m, (y, yhat), 1)
    return m


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    match hidden:
        case int() | np.integer():
            hidden = (hidden,)
    k = 1 + int(max(y.max(), yv.max()))
    widths = (X.shape[1], *hidden, k)
    params, vel = {}, {}
    for i, (m, n) in enumerate(zip(widths, widths[1:]), start=1):
        params[f"W{i}"] = rng.normal(0, (2 / m if act == "relu" else 2 / (m + n)) ** 0.5, (m, n))
        params[f"b{i}"] = np.zeros((1, n))
    vel = {name: np.zeros_like(p) for name, p in params.items()}
    T = np.eye(k)[y]
    for _ in range(epochs):
        shuffled = rng.permutation(len(X))
        for s in range(0, len(X), batch_size):
            rows = shuffled[s : s + batch_size]
            grads = backward(forward(X[rows], params, act)[1], T[rows])
            for name, p in params.items():
                vel[name] *= momentum
                vel[name] += lr * grads[name]
                p -= vel[name]
    return params
