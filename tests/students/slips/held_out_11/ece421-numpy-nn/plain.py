# ECE421 Assignment 2
import numpy as np


def relu(x):
    return np.maximum(0, x)


def softmax(logits):
    # subtract the max of every row so that exp does not overflow
    row_max = np.max(logits, axis=1, keepdims=True)
    exps = np.exp(logits - row_max)
    return exps / np.sum(exps, axis=1, keepdims=True)


def compute_layer(x, w, b):
    return np.matmul(x, w) + b


def average_ce(target, prediction):
    N = target.shape[0]
    # 1e-12 because log(0) is -inf
    return -1.0 / N * np.sum(target * np.log(prediction + 1e-12))


def grad_ce(target, logits):
    N = target.shape[0]
    return (softmax(logits) - target) / N


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)

    # output layer
    delta_o = grad_ce(target, z_o)
    dW_o = np.matmul(a_h.T, delta_o)
    db_o = np.sum(delta_o, axis=0, keepdims=True)

    # hidden layer
    drelu = np.where(z_h > 0, 1.0, 0.0)
    delta_h = np.matmul(delta_o, w_o.T) * drelu
    dW_h = np.matmul(x.T, delta_h)
    db_h = np.sum(delta_h, axis=0, keepdims=True)

    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D = x.shape[1]
    C = t.shape[1]

    # Xavier initialization
    w_h = rng.normal(0, np.sqrt(2.0 / (D + hidden)), size=(D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0, np.sqrt(2.0 / (hidden + C)), size=(hidden, C))
    b_o = np.zeros((1, C))

    v_w_h = np.zeros_like(w_h)
    v_b_h = np.zeros_like(b_h)
    v_w_o = np.zeros_like(w_o)
    v_b_o = np.zeros_like(b_o)

    for epoch in range(epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)

        v_w_h = gamma * v_w_h + lr * dW_h
        v_b_h = gamma * v_b_h + lr * db_h
        v_w_o = gamma * v_w_o + lr * dW_o
        v_b_o = gamma * v_b_o + lr * db_o

        w_h = w_h - v_w_h
        b_h = b_h - v_b_h
        w_o = w_o - v_w_o
        b_o = b_o - v_b_o

    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
