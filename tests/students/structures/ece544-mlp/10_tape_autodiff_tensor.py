"""A Tensor class with reverse-mode differentiation; backward runs over the graph and keeps its gradients outside it."""
from __future__ import annotations

import numpy as np


def unbroadcast(g, shape):
    """Sums what broadcasting has repeated."""
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1 and g.shape[axis] != 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


class Tensor:
    def __init__(self, data, parents=(), vjps=(), name=""):
        self.data, self.parents, self.vjps, self.name = data, parents, vjps, name

    def __matmul__(self, other):
        a, b = self.data, other.data
        return Tensor(a @ b, (self, other), (lambda g: g @ b.T, lambda g: a.T @ g))

    def __add__(self, other):
        a, b = self.data, other.data
        return Tensor(a + b, (self, other), (lambda g: unbroadcast(g, a.shape), lambda g: unbroadcast(g, b.shape)))

    def relu(self):
        z = self.data
        return Tensor(np.maximum(z, 0), (self,), (lambda g: g * (z > 0),))

    def sigmoid(self):
        z = self.data
        e = np.exp(-np.abs(z))
        a = np.where(z >= 0, 1, e) / (1 + e)
        return Tensor(a, (self,), (lambda g: g * a * (1 - a),))

    def tanh(self):
        a = np.tanh(self.data)
        return Tensor(a, (self,), (lambda g: g * (1 - a**2),))

    def softmax(self):
        e = np.exp(self.data - self.data.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def sorted(self):
        seen, order = set(), []

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        return order[::-1]

    def backward(self, seed):
        """{id: gradient}; nothing is stored in the nodes, so it can be called twice."""
        grads = {id(self): seed}
        for node in self.sorted():
            for parent, vjp in zip(node.parents, node.vjps):
                g = vjp(grads[id(node)])
                grads[id(parent)] = grads[id(parent)] + g if id(parent) in grads else g
        return grads


def forward(X, params, act):
    leaves = {name: Tensor(np.asarray(value), name=name) for name, value in params.items()}
    count = len(params) // 2
    h = Tensor(X)
    for i in range(1, count):
        h = getattr(h @ leaves[f"W{i}"] + leaves[f"b{i}"], act)()
    logits = h @ leaves[f"W{count}"] + leaves[f"b{count}"]
    return logits.softmax(), (leaves, logits)


def backward(cache, T):
    leaves, logits = cache
    grads = logits.backward((logits.softmax() - T) / len(T))
    return {name: grads[id(leaf)] for name, leaf in leaves.items()}


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[1][1].data, axis=1)


def confusion_matrix(y, yhat, K):
    return np.array([[np.sum(yhat[y == true] == guess) for guess in range(K)] for true in range(K)])


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = X.shape[1], *([hidden] if np.isscalar(hidden) else hidden), 1 + max(y.max(), yv.max())
    params = {}
    for i in range(len(sizes) - 1):
        limit = np.sqrt(6 / (sizes[i] + (0 if act == "relu" else sizes[i + 1])))  # uniform of the same variance
        params[f"W{i + 1}"] = rng.uniform(-limit, limit, (sizes[i], sizes[i + 1]))
        params[f"b{i + 1}"] = np.zeros((1, sizes[i + 1]))
    v = {k: np.zeros_like(p) for k, p in params.items()}
    for _ in range(epochs):
        order = rng.choice(len(X), size=len(X), replace=False)
        for at in range(0, len(X), batch_size):
            rows = order[at : at + batch_size]
            g = backward(forward(X[rows], params, act)[1], np.identity(sizes[-1])[y[rows]])
            for k, p in params.items():
                v[k] = momentum * v[k] + lr * g[k]
                params[k] = p - v[k]
    return params


def tdnn1d(x, w, b):
    (N, D, L), (H, _, W) = x.shape, w.shape
    columns = np.stack([x[:, :, t : t + W].reshape(N, D * W) for t in range(L - W + 1)], axis=1)  # (N, V, D W)
    return (columns @ w.reshape(H, -1).T + b).transpose(0, 2, 1)


def tdnn1d_backward(dout, x, w):
    (N, D, L), (H, _, W) = x.shape, w.shape
    g = dout.transpose(0, 2, 1)  # (N, V, H)
    columns = np.stack([x[:, :, t : t + W].reshape(N, D * W) for t in range(L - W + 1)], axis=1)
    dcolumns = (g @ w.reshape(H, -1)).reshape(N, -1, D, W)
    dx = np.zeros(x.shape)
    for t in range(L - W + 1):
        dx[:, :, t : t + W] += dcolumns[:, t]
    dw = np.tensordot(g, columns, axes=((0, 1), (0, 1))).reshape(w.shape)
    return dx, dw, g.sum(axis=(0, 1))
