"""MLP with registered activations, forward hooks and a tape of closures as its cache."""

from functools import partial

import numpy as np

ACTIVATIONS = {}


def activation(name):
    def decorate(fn):
        ACTIVATIONS[name] = fn
        return fn

    return decorate


@activation("relu")
def relu(z):
    on = z > 0
    return np.where(on, z, 0.0), lambda g: np.where(on, g, 0.0)


@activation("sigmoid")
def sigmoid(z):
    e = np.exp(-np.abs(z))
    s = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return s, lambda g: g * s * (1.0 - s)


@activation("tanh")
def tanh(z):
    t = np.tanh(z)
    return t, lambda g: g - g * t * t


def dense(index, params, a):
    w, b = params[f"W{index}"], params[f"b{index}"]

    def back(g, grads):
        grads[f"W{index}"] = a.T @ g
        grads[f"b{index}"] = g.sum(axis=0).reshape(b.shape)
        return g @ w.T

    return a @ w + b, back


def run_layers(X, params, act, on_back):
    """Calls on_back with each layer's way back; gives the logits."""
    layers = len(params) // 2
    a = X
    for index in range(1, layers + 1):
        a, back = dense(index, params, a)
        on_back(back)
        if index < layers:
            a, slope = ACTIVATIONS[act](a)
            on_back(lambda g, grads, slope=slope: slope(g))
    return a


def forward(X, params, act):
    tape = []
    logits = run_layers(X, params, act, tape.append)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return probs, {"tape": tuple(tape), "probs": probs}


def backward(cache, T):
    grads = {}
    g = np.divide(cache["probs"] - T, T.shape[0])
    for back in reversed(cache["tape"]):
        g = back(g, grads)
    return grads


def predict(X, params, act):
    return run_layers(X, params, act, lambda back: None).argmax(axis=-1)


def confusion_matrix(y, yhat, K):
    table = np.zeros((K, K), dtype=np.int64)
    np.add.at(table, (y, yhat), 1)
    return table


def make_momentum(rate, decay):
    slots = {}

    def apply(params, grads):
        for name, grad in grads.items():
            slots[name] = decay * slots.get(name, np.zeros_like(grad)) + rate * grad
        return {name: value - slots[name] for name, value in params.items()}

    return apply


SCALES = {
    "relu": lambda fan_in, fan_out: np.sqrt(2 / fan_in),
    "sigmoid": lambda fan_in, fan_out: np.sqrt(2 / (fan_in + fan_out)),
    "tanh": lambda fan_in, fan_out: np.sqrt(2 / (fan_in + fan_out)),
}


def build(widths, act, rng):
    params = {}
    for index, (fan_in, fan_out) in enumerate(zip(widths, widths[1:]), 1):
        params[f"W{index}"] = rng.standard_normal((fan_in, fan_out)) * SCALES[act](fan_in, fan_out)
        params[f"b{index}"] = np.zeros((1, fan_out))
    return params


def batches(rng, size, *arrays):
    order = rng.permutation(len(arrays[0]))
    for at in range(0, len(order), size):
        yield tuple(array[order[at : at + size]] for array in arrays)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    classes = 1 + int(max(np.max(y), np.max(yv)))
    widths = [X.shape[1], *np.atleast_1d(hidden).tolist(), classes]
    params = build(widths, act, rng)
    onehot = np.identity(classes)[y]
    update = make_momentum(lr, momentum)
    epoch = partial(batches, rng, batch_size, X, onehot)
    for _ in range(epochs):
        for x, t in epoch():
            params = update(params, backward(forward(x, params, act)[1], t))
    return params


def tdnn1d(x, w, b):
    views = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    return np.einsum("ndtk,hdk->nht", views, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    width = w.shape[2]
    views = np.lib.stride_tricks.sliding_window_view(x, width, axis=2)
    dw = np.einsum("nht,ndtk->hdk", dout, views)
    padded = np.pad(dout, ((0, 0), (0, 0), (width - 1, width - 1)))
    back = np.lib.stride_tricks.sliding_window_view(padded, width, axis=2)
    dx = np.einsum("nhsk,hdk->nds", back, w[:, :, ::-1])
    return dx, dw, dout.sum(axis=(0, 2))
