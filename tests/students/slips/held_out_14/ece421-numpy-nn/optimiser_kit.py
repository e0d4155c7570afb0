"""Layers as objects with forward and backward, parameters in a registry, momentum as an optimiser class."""
from abc import ABC, abstractmethod
from functools import partial

import numpy as np


class Layer(ABC):
    """A layer keeps what its backward pass needs, and its gradients by the names of its parameters."""

    def __init__(self):
        self.params, self.grads = {}, {}

    @abstractmethod
    def forward(self, x): ...

    @abstractmethod
    def backward(self, upstream): ...

    def __call__(self, x):
        return self.forward(x)


class Linear(Layer):
    def __init__(self, w, b):
        super().__init__()
        self.params = {"w": w, "b": b}

    def forward(self, x):
        self.x = x
        return x.dot(self.params["w"]) + self.params["b"]

    def backward(self, upstream):
        self.grads["w"] = self.x.T.dot(upstream)
        self.grads["b"] = upstream.sum(0, keepdims=True)
        return upstream.dot(self.params["w"].T)


class Rectifier(Layer):
    def forward(self, x):
        self.active = x > 0
        return np.where(self.active, x, np.zeros_like(x))

    def backward(self, upstream):
        return np.where(self.active, upstream, np.zeros_like(upstream))


class SoftmaxLoss:
    def probabilities(self, logits):
        weights = np.exp(logits - np.amax(logits, axis=-1, keepdims=True))
        return np.true_divide(weights, np.sum(weights, axis=-1, keepdims=True))

    def value(self, target, p):
        used = target > 0
        return -np.dot(target[used], np.log(p[used])) / target.shape[0]

    def backward(self, target, p):
        return np.divide(p - target, target.shape[0])


class Network:
    def __init__(self, w_h, b_h, w_o, b_o):
        self.layers = [Linear(w_h, b_h), Rectifier(), Linear(w_o, b_o)]
        self.head = SoftmaxLoss()
        self.trace = []

    def forward(self, x):
        self.trace = []
        for layer in self.layers:
            x = layer(x)
            self.trace.append(x)
        self.trace.append(self.head.probabilities(x))
        return tuple(self.trace)

    def backward(self, target):
        g = self.head.backward(target, self.trace[-1])
        for layer in self.layers[::-1]:
            g = layer.backward(g)
        return tuple(layer.grads[key] for layer in self.layers for key in layer.grads)


class Momentum:
    """v = gamma v + lr g; w = w - v, a velocity for each name."""

    def __init__(self, lr, gamma):
        self.lr, self.gamma = lr, gamma
        self.velocity = {}

    def step(self, weights, grads):
        out = {}
        for name, w in weights.items():
            v = self.gamma * self.velocity.get(name, np.zeros(w.shape)) + self.lr * grads[name]
            self.velocity[name] = v
            out[name] = w - v
        return out


def glorot(rng, rows, columns):
    return rng.normal(scale=(2 / (rows + columns)) ** 0.5, size=(rows, columns))


def relu(x):
    return Rectifier()(x)


def softmax(logits):
    return SoftmaxLoss().probabilities(logits)


def compute_layer(x, w, b):
    return Linear(w, b)(x)


def average_ce(target, prediction):
    return SoftmaxLoss().value(target, prediction)


def grad_ce(target, logits):
    head = SoftmaxLoss()
    return head.backward(target, head.probabilities(logits))


def forward_prop(x, w_h, b_h, w_o, b_o):
    return Network(w_h, b_h, w_o, b_o).forward(x)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    net = Network(w_h, b_h, w_o, b_o)
    net.forward(x)
    return net.backward(target)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    draw = partial(glorot, np.random.default_rng(seed))
    names = ("w_h", "b_h", "w_o", "b_o")
    weights = {
        "w_h": draw(x.shape[1], hidden),
        "b_h": np.zeros((1, hidden)),
        "w_o": draw(hidden, t.shape[1]),
        "b_o": np.zeros((1, t.shape[1])),
    }
    optimiser = Momentum(lr, gamma)
    for _ in range(epochs):
        weights = optimiser.step(weights, dict(zip(names, backward_prop(x, t, **weights))))
    return weights
