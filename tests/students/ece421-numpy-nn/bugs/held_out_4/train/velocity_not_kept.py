"""Mistake: the weights change in place, but the new velocity is a name of the loop only.
True: NO_MOMENTUM
"""
import numpy as np


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, K = x.shape[1], t.shape[1]
    w_h = rng.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + K)), (hidden, K))
    b_o = np.zeros((1, K))
    params = [w_h, b_h, w_o, b_o]
    velocities = [np.zeros_like(p) for p in params]
    for epoch in range(epochs):
        grads = backward_prop(x, t, *params)
        for param, v, grad in zip(params, velocities, grads):
            v = gamma * v + lr * grad
            param -= v
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
