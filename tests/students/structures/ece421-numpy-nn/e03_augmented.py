"""Biases are folded into the weights: x gets a column of ones. The optimizer is a coroutine."""
import numpy as np
from types import SimpleNamespace

__all__ = ["relu", "softmax", "compute_layer", "average_ce", "grad_ce", "forward_prop", "backward_prop", "train"]


def augment(x):
    return np.c_[x, np.ones(len(x))]


def stack(w, b):
    return np.r_[w, np.reshape(b, (1, -1))]


def split(theta):
    return theta[:-1], theta[-1:]


relu = lambda x: np.maximum(x, 0)
relu.__name__ = "relu"


def softmax(logits):
    # column by column: p_j = 1 / sum_k exp(z_k - z_j), with clipped exponents
    difference = logits[:, None, :] - logits[:, :, None]
    return 1.0 / np.exp(np.minimum(difference, 700.0)).sum(axis=2)


def compute_layer(x, w, b):
    return augment(x) @ stack(w, b)


def average_ce(target, prediction):
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = target * np.log(prediction)
    return -np.nan_to_num(terms, nan=0.0, neginf=-np.inf, posinf=np.inf).sum() / terms.shape[0]


def grad_ce(target, logits):
    return (softmax(logits) - target) * (1.0 / target.shape[0])


class Net(SimpleNamespace):
    @classmethod
    def of(cls, w_h, b_h, w_o, b_o):
        return cls(h=stack(w_h, b_h), o=stack(w_o, b_o))

    def forward(self, x):
        self.x = augment(x)
        self.z_h = self.x @ self.h
        self.a_h = relu(self.z_h)
        self.z_o = augment(self.a_h) @ self.o
        return self.z_h, self.a_h, self.z_o, softmax(self.z_o)

    def backward(self, target):
        d_o = grad_ce(target, self.z_o)
        d_h = np.multiply(d_o @ self.o[:-1].T, self.z_h > 0)
        return self.x.T @ d_h, augment(self.a_h).T @ d_o


def forward_prop(x, w_h, b_h, w_o, b_o):
    return Net.of(w_h, b_h, w_o, b_o).forward(x)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    net = Net.of(w_h, b_h, w_o, b_o)
    net.forward(x)
    return sum((split(g) for g in net.backward(target)), ())


def momentum(theta, lr, gamma):
    """Coroutine: send a gradient, get the next theta."""
    v = np.zeros(theta.shape)
    while True:
        gradient = yield theta
        v = gamma * v + lr * gradient
        theta = theta - v


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)

    def first(m, n):
        return stack(rng.normal(scale=(2 / (m + n)) ** 0.5, size=(m, n)), np.zeros(n))

    net = Net(h=first(x.shape[1], hidden), o=first(hidden, t.shape[1]))
    movers = [momentum(net.h, lr, gamma), momentum(net.o, lr, gamma)]
    net.h, net.o = map(next, movers)
    for _ in range(epochs):
        net.forward(x)
        net.h, net.o = [mover.send(g) for mover, g in zip(movers, net.backward(t))]
    for mover in movers:
        mover.close()
    return dict(zip(["w_h", "b_h", "w_o", "b_o"], [*split(net.h), *split(net.o)]))
