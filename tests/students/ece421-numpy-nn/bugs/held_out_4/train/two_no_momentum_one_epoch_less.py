"""Mistakes: no momentum; one epoch less.
True: NO_MOMENTUM
True: EPOCHS_OFF_BY_ONE
"""
import numpy as np


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, K = x.shape[1], t.shape[1]
    w_h = rng.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + K)), (hidden, K))
    b_o = np.zeros((1, K))
    for epoch in range(1, epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)
        w_h -= lr * dW_h
        b_h -= lr * db_h
        w_o -= lr * dW_o
        b_o -= lr * db_o
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
