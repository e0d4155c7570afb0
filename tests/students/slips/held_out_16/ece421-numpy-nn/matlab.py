"""ECE421 A2, batches as columns as in MATLAB: x is D x N, w_h is H x D, b_h is H x 1, and z = w x + b."""

import numpy as np


def relu(x):
    a = np.zeros(shape=x.shape)
    for j in range(0, x.shape[1]):
        pos = x[:, j] > 0
        a[pos, j] = x[pos, j]
    return a


def softmax(logits):
    C = logits.shape[0]
    # z - repmat(max(z), C, 1)
    z = logits - np.tile(np.max(logits, axis=0), (C, 1))
    e = np.exp(z)
    return e / np.tile(np.sum(e, axis=0), (C, 1))


def compute_layer(x, w, b):
    N = x.shape[1]
    return w @ x + np.tile(np.reshape(b, (-1, 1)), (1, N))


def average_ce(target, prediction):
    N = target.shape[1]
    total = 0.0
    for n in range(0, N):
        c = np.flatnonzero(target[:, n])
        total = total - np.sum(target[c, n] * np.log(prediction[c, n]))
    return total / N


def grad_ce(target, logits):
    N = target.shape[1]
    p = softmax(logits=logits)
    return (p - target) / N


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x=x, w=w_h, b=b_h)
    a_h = relu(x=z_h)
    z_o = compute_layer(x=a_h, w=w_o, b=b_o)
    p = softmax(logits=z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    [z_h, a_h, z_o, p] = forward_prop(x=x, w_h=w_h, b_h=b_h, w_o=w_o, b_o=b_o)
    N = x.shape[1]
    H = w_h.shape[0]
    C = w_o.shape[0]
    d_o = (p - target) / N
    dW_o = d_o @ a_h.T
    db_o = np.reshape(np.sum(d_o, axis=1), (C, 1))
    d_h = w_o.T @ d_o
    for h in range(0, H):
        off = np.flatnonzero(z_h[h, :] <= 0)
        d_h[h, off] = 0
    dW_h = d_h @ x.T
    db_h = np.reshape(np.sum(d_h, axis=1), (H, 1))
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    stream = np.random.default_rng(seed)
    D = x.shape[0]
    C = t.shape[0]
    w_h = stream.normal(loc=0, scale=np.sqrt(2 / (D + hidden)), size=(hidden, D))
    w_o = stream.normal(loc=0, scale=np.sqrt(2 / (hidden + C)), size=(C, hidden))
    b_h = np.zeros(shape=(hidden, 1))
    b_o = np.zeros(shape=(C, 1))
    v_w_h = np.zeros(shape=w_h.shape)
    v_b_h = np.zeros(shape=b_h.shape)
    v_w_o = np.zeros(shape=w_o.shape)
    v_b_o = np.zeros(shape=b_o.shape)
    for k in range(1, epochs + 1):
        [dW_h, db_h, dW_o, db_o] = backward_prop(x=x, target=t, w_h=w_h, b_h=b_h, w_o=w_o, b_o=b_o)
        v_w_h = gamma * v_w_h + lr * dW_h
        v_b_h = gamma * v_b_h + lr * db_h
        v_w_o = gamma * v_w_o + lr * dW_o
        v_b_o = gamma * v_b_o + lr * db_o
        w_h = w_h - v_w_h
        b_h = b_h - v_b_h
        w_o = w_o - v_w_o
        b_o = b_o - v_b_o
    return dict(w_h=w_h, b_h=b_h, w_o=w_o, b_o=b_o)
