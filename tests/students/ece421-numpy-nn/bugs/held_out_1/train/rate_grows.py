"""Mistake: the rate grows with the epoch.
True: STEP_FACTORS, OTHER_FORMULA
"""
import numpy as np


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    n, d, c = len(x), x.shape[1], t.shape[1]
    w = [
        rng.normal(0, np.sqrt(2 / (d + hidden)), (d, hidden)),
        np.zeros((1, hidden)),
        rng.normal(0, np.sqrt(2 / (hidden + c)), (hidden, c)),
        np.zeros((1, c)),
    ]
    v = [np.zeros_like(a) for a in w]
    for epoch in range(epochs):
        g = backward_prop(x, t, *w)
        v = [gamma * a + lr * (epoch + 1) * b for a, b in zip(v, g)]
        w = [a - b for a, b in zip(w, v)]
    return {"w_h": w[0], "b_h": w[1], "w_o": w[2], "b_o": w[3]}
