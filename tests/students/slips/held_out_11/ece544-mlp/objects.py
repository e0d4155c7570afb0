"""Assignment 2, part II (and the layer of part III).

I come from PyTorch, so the network is a list of small layer objects that remember
what they saw on the way up; the functions of the starter are thin wrappers round it.
"""
from math import ceil

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def up(self, inp):
        self.inp = inp
        return inp @ self.weight + self.bias

    def down(self, err):
        self.d_weight = np.einsum("ni,no->io", self.inp, err)
        self.d_bias = err.sum(0)[None, :]
        return np.einsum("no,io->ni", err, self.weight)


class ReLU:
    def up(self, inp):
        self.on = inp > 0
        return np.where(self.on, inp, 0.0)

    def down(self, err):
        return np.where(self.on, err, 0.0)


class Sigmoid:
    def up(self, inp):
        # the logistic function is a squeezed tanh, which cannot overflow
        self.out = 0.5 * (1.0 + np.tanh(0.5 * inp))
        return self.out

    def down(self, err):
        return err * (self.out - self.out * self.out)


class Tanh:
    def up(self, inp):
        self.out = np.tanh(inp)
        return self.out

    def down(self, err):
        return err * (1.0 - self.out) * (1.0 + self.out)


NONLINEARITY = {"relu": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}


def build(params, act):
    """[Linear, act, Linear, act, ..., Linear]"""
    depth = len(params) // 2
    net = []
    for k in range(depth):
        net.append(Linear(params[f"W{k + 1}"], params[f"b{k + 1}"]))
        if k + 1 < depth:
            net.append(NONLINEARITY[act]())
    return net


def log_softmax(logits):
    centred = logits - logits.max(1)[:, None]
    return centred - np.log(np.exp(centred).sum(1))[:, None]


def forward(X, params, act):
    net = build(params, act)
    signal = X
    for layer in net:
        signal = layer.up(signal)
    probs = np.exp(log_softmax(signal))
    return probs, (net, probs)


def backward(cache, T):
    net, probs = cache
    err = (probs - T) / T.shape[0]
    for layer in net[::-1]:
        err = layer.down(err)
    grads = {}
    for k, layer in enumerate(net[::2], start=1):
        grads[f"W{k}"] = layer.d_weight
        grads[f"b{k}"] = layer.d_bias
    return grads


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(-1)


def confusion_matrix(y, yhat, K):
    pair = np.asarray(y) * K + np.asarray(yhat)
    return np.bincount(pair, minlength=K * K).reshape(K, K)


class MomentumSGD:
    def __init__(self, params, rate, mu):
        self.params, self.rate, self.mu = params, rate, mu
        self.velocity = {k: np.zeros_like(p) for k, p in params.items()}

    def step(self, grads):
        for k, g in grads.items():
            self.velocity[k] *= self.mu
            self.velocity[k] += self.rate * g
            self.params[k] -= self.velocity[k]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n_classes = 1 + int(np.concatenate([y, yv]).max())
    widths = [X.shape[1], *np.atleast_1d(hidden).tolist(), n_classes]
    params = {}
    for k, (fan_in, fan_out) in enumerate(zip(widths, widths[1:]), start=1):
        spread = 2 / fan_in if act == "relu" else 2 / (fan_in + fan_out)
        params[f"W{k}"] = rng.normal(scale=spread ** 0.5, size=(fan_in, fan_out))
        params[f"b{k}"] = np.zeros((1, fan_out))

    targets = (y[:, None] == np.arange(n_classes)).astype(float)
    sgd = MomentumSGD(params, lr, momentum)
    index = np.arange(len(X))
    n_batches = ceil(len(X) / batch_size)
    for _ in range(epochs):
        rng.shuffle(index)
        for j in range(n_batches):
            pick = index[j * batch_size:(j + 1) * batch_size]
            _, cache = forward(X[pick], params, act)
            sgd.step(backward(cache, targets[pick]))
    return params


# ---- part III: the layer of the time-delay network ----

def tdnn1d(x, w, b):
    windows = sliding_window_view(x, w.shape[-1], axis=-1)  # (N, D, V, W)
    return np.einsum("ndvk,hdk->nhv", windows, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    V = dout.shape[-1]
    dx = np.zeros(x.shape)
    for t in range(V):
        dx[:, :, t:t + w.shape[-1]] += np.tensordot(dout[:, :, t], w, axes=1)
    windows = sliding_window_view(x, w.shape[-1], axis=-1)
    dw = np.einsum("nhv,ndvk->hdk", dout, windows)
    db = np.einsum("nhv->h", dout)
    return dx, dw, db
