"""MLP: one class for each activation with its derivative from the output, and a dataclass for the cache."""

from dataclasses import dataclass, field

import numpy as np


class Activation:
    def value(self, z):
        raise NotImplementedError

    def slope(self, a):
        raise NotImplementedError


class Relu(Activation):
    def value(self, z):
        return np.maximum(0, z)

    def slope(self, a):
        return np.sign(a)


class Sigmoid(Activation):
    def value(self, z):
        return 0.5 * (1 + np.tanh(0.5 * z))

    def slope(self, a):
        return a - a**2


class Tanh(Activation):
    def value(self, z):
        return np.tanh(z)

    def slope(self, a):
        return (1 - a) * (1 + a)


ACTIVATIONS = {"relu": Relu(), "sigmoid": Sigmoid(), "tanh": Tanh()}


@dataclass
class Cache:
    params: dict
    act: Activation
    outputs: list = field(default_factory=list)
    probs: np.ndarray = None


def forward(X, params, act):
    depth = len(params) // 2
    cache = Cache(params, ACTIVATIONS[act], [X])
    a = X
    for layer in range(1, depth):
        a = cache.act.value(a @ params["W" + str(layer)] + params["b" + str(layer)])
        cache.outputs.append(a)
    logits = a @ params["W" + str(depth)] + params["b" + str(depth)]
    logits = logits - logits.max(axis=1)[:, None]
    cache.probs = np.exp(logits) / np.exp(logits).sum(axis=1)[:, None]
    return cache.probs, cache


def backward(cache, T):
    grads = {}
    upstream = (cache.probs - T) / T.shape[0]
    for layer in reversed(range(1, len(cache.outputs) + 1)):
        a = cache.outputs[layer - 1]
        grads["W" + str(layer)] = a.T.dot(upstream)
        grads["b" + str(layer)] = upstream.sum(axis=0)[None, :]
        upstream = upstream.dot(cache.params["W" + str(layer)].T) * cache.act.slope(a)
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=-1)


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (y, yhat), 1)
    return counts


class Momentum:
    def __init__(self, params, lr, momentum):
        self.lr, self.momentum = lr, momentum
        self.v = {key: np.zeros_like(value) for key, value in params.items()}

    def step(self, params, grads):
        for key in params:
            self.v[key] = self.momentum * self.v[key] + self.lr * grads[key]
            params[key] -= self.v[key]


def init(sizes, act, rng):
    params = {}
    for i, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        std = np.sqrt(2 / fan_in) if act == "relu" else np.sqrt(2 / (fan_in + fan_out))
        params[f"W{i}"] = std * rng.standard_normal((fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    hidden = list(hidden) if isinstance(hidden, (tuple, list)) else [hidden]
    K = int(np.max(np.concatenate([y, yv]))) + 1
    params = init([X.shape[1]] + hidden + [K], act, rng)
    optimizer = Momentum(params, lr, momentum)
    targets = np.eye(K)[y]
    for epoch in range(epochs):
        order = np.arange(len(X))
        rng.shuffle(order)
        X_epoch, T_epoch = X[order], targets[order]
        for begin in range(0, len(X), batch_size):
            xb, tb = X_epoch[begin : begin + batch_size], T_epoch[begin : begin + batch_size]
            _, cache = forward(xb, params, act)
            optimizer.step(params, backward(cache, tb))
    return params
