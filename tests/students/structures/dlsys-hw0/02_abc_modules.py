from abc import ABC, abstractmethod

import numpy as np


class Module(ABC):
    def __call__(self, x):
        self.x = x
        self.out = self.forward(x)
        return self.out

    @abstractmethod
    def forward(self, x): ...

    @abstractmethod
    def backward(self, d): ...

    def update(self, lr):
        pass


class Linear(Module):
    """Holds the caller's array itself, not a copy."""

    def __init__(self, weight):
        self.weight = weight

    def forward(self, x):
        return x @ self.weight

    def backward(self, d):
        self.grad = self.x.T @ d
        return d @ self.weight.T

    def update(self, lr):
        np.subtract(self.weight, lr * self.grad, out=self.weight)


class ReLU(Module):
    def forward(self, x):
        return np.where(x > 0, x, 0.0)

    def backward(self, d):
        return np.where(self.x > 0, d, 0.0)


class Sequential(Module):
    def __init__(self, *modules):
        self.modules = modules

    def forward(self, x):
        for module in self.modules:
            x = module(x)
        return x

    def backward(self, d):
        for module in reversed(self.modules):
            d = module.backward(d)
        return d

    def update(self, lr):
        for module in self.modules:
            module.update(lr)


class SoftmaxLoss(Module):
    def forward(self, pair):
        Z, y = pair
        Z = Z - Z.max(axis=-1, keepdims=True)
        self.probs = np.exp(Z)
        total = self.probs.sum(axis=-1, keepdims=True)
        self.probs /= total
        return np.mean(np.log(total).squeeze(-1) - Z[range(len(Z)), y])

    def backward(self, d=1.0):
        Z, y = self.x
        g = self.probs.copy()
        g[range(len(Z)), y] -= 1.0
        return d * g / len(Z)


def softmax_loss(Z, y):
    return SoftmaxLoss()((Z, y))


def _epoch(net, X, y, lr, batch):
    criterion = SoftmaxLoss()
    for i in range(0, X.shape[0], batch):
        criterion((net(X[i:i + batch]), y[i:i + batch]))
        net.backward(criterion.backward())
        net.update(lr)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    _epoch(Sequential(Linear(theta)), X, y, lr, batch)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    _epoch(Sequential(Linear(W1), ReLU(), Linear(W2)), X, y, lr, batch)
