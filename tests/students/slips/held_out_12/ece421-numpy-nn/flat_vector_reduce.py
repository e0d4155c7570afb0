"""All weights live in one flat vector; training is a reduce over the epochs."""
from functools import partial, reduce
from itertools import accumulate
from typing import NamedTuple

import numpy as np


class Shape(NamedTuple):
    D: int
    H: int
    C: int

    def blocks(self):
        return (self.D, self.H), (1, self.H), (self.H, self.C), (1, self.C)


class State(NamedTuple):
    theta: np.ndarray
    velocity: np.ndarray


def pack(arrays):
    return np.concatenate([np.ravel(a) for a in arrays])


def unpack(theta, shape):
    ends = list(accumulate(r * c for r, c in shape.blocks()))
    return [part.reshape(block) for part, block in zip(np.split(theta, ends[:-1]), shape.blocks())]


def relu(x):
    return x * (x > 0)


def softmax(logits):
    """p_j = 1 / sum_k exp(z_k - z_j): an overflow is 1/inf = 0, which is the right limit."""
    gaps = logits[:, None, :] - logits[:, :, None]  # [n, j, k] = z_k - z_j
    with np.errstate(over="ignore"):
        return 1.0 / np.exp(gaps).sum(axis=2)


def compute_layer(x, w, b):
    return np.tensordot(x, w, axes=([1], [0])) + b


def average_ce(target, prediction):
    labels = np.argmax(target, axis=1)
    chosen = prediction[np.arange(labels.size), labels]
    return np.array([np.mean(-np.log(chosen + 1e-15))])


def grad_ce(target, logits):
    return np.divide(np.subtract(softmax(logits), target), logits.shape[0])


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return (z_h, a_h, z_o, softmax(z_o))


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / x.shape[0]
    d_h = np.einsum("nc,hc,nh->nh", d_o, w_o, np.where(z_h > 0, 1.0, 0.0), optimize=True)
    dw_h = np.einsum("nd,nh->dh", x, d_h, optimize=True)
    dw_o = np.einsum("nh,nc->hc", a_h, d_o, optimize=True)
    return (
        dw_h,
        np.add.reduce(d_h, axis=0)[None],
        dw_o,
        np.add.reduce(d_o, axis=0)[None],
    )


def _step(state, _epoch, x, t, shape, lr, gamma):
    gradient = pack(backward_prop(x, t, *unpack(state.theta, shape)))
    velocity = gamma * state.velocity + lr * gradient
    return State(state.theta - velocity, velocity)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    shape = Shape(x.shape[1], hidden, t.shape[1])
    draw = np.random.default_rng(seed).normal
    w_h = draw(0.0, np.sqrt(2 / (shape.D + shape.H)), size=(shape.D, shape.H))
    w_o = draw(0.0, np.sqrt(2 / (shape.H + shape.C)), size=(shape.H, shape.C))
    theta = pack([w_h, np.zeros(shape.H), w_o, np.zeros(shape.C)])
    step = partial(_step, x=x, t=t, shape=shape, lr=lr, gamma=gamma)
    last = reduce(step, range(epochs), State(theta, np.zeros(theta.size)))
    return dict(zip(["w_h", "b_h", "w_o", "b_o"], unpack(last.theta, shape)))
