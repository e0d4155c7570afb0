from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy import einsum, exp, log, newaxis


class Net(NamedTuple):
    w_h: np.ndarray
    b_h: np.ndarray
    w_o: np.ndarray
    b_o: np.ndarray


relu = lambda x: np.clip(x, 0, None)


def softmax(logits):
    top = logits.max(-1)[:, newaxis]
    e = exp(logits - top)
    return einsum('nc,n->nc', e, 1 / einsum('nc->n', e))


def compute_layer(x, w, b):
    return einsum('nd,dh->nh', x, w) + np.reshape(b, (1, -1))


def average_ce(target, prediction):
    hit = np.nonzero(target)
    return -log(np.maximum(prediction[hit], 1e-15)) @ target[hit] / target.shape[0]


def grad_ce(target, logits):
    # dz = p * (g - <g, p>) with g = dL/dp = -t/(N p), so that p * g = -t/N and <g, p> = -sum(t)/N
    p = softmax(logits)
    return (p * target.sum(1, keepdims=True) - target) / len(p)


def forward_prop(x, w_h, b_h, w_o, b_o):
    *zs, p = (z_h := compute_layer(x, w_h, b_h)), (a_h := relu(z_h)), (z_o := compute_layer(a_h, w_o, b_o)), softmax(z_o)
    return *zs, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)

    def affine(inp, d):
        ext = np.c_[inp, np.ones(len(inp))].T @ d
        return ext[:-1], ext[-1:]

    d_o = grad_ce(target, z_o)
    d_h = np.where(z_h > 0, d_o @ w_o.T, 0)
    return affine(x, d_h) + affine(a_h, d_o)


def momentum(net, grad, lr, gamma):
    """yields the net, then the net after each step"""
    v = [0.0] * 4
    while True:
        yield net
        v = [gamma * u + lr * g for u, g in zip(v, grad(net))]
        net = Net(*(w - u for w, u in zip(net, v)))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    g = np.random.default_rng(seed)
    draw = lambda *s: g.standard_normal(s) * (2 / sum(s)) ** .5
    first = Net(draw(x.shape[1], hidden), np.zeros((1, hidden)), draw(hidden, t.shape[1]), np.zeros((1, t.shape[1])))
    run = momentum(first, lambda n: backward_prop(x, t, *n), lr, gamma)
    return next(islice(run, epochs, None))._asdict()
