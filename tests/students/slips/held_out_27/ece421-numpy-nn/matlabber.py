# ECE421 A2, converted from Matlab. "%" became "#", ".*" became "*", "'" became ".T"
import numpy as np
from numpy import zeros, ones, exp, log, maximum, sqrt, tile


def relu(x):
    # x .* (x > 0)
    return maximum(zeros(x.shape), x)


def softmax(logits):
    n, c = logits.shape
    # bsxfun(@minus, logits, max(logits, [], 2))
    m = tile(np.reshape(logits.max(1), (n, 1)), (1, c))
    e = exp(logits - m)
    # bsxfun(@rdivide, e, sum(e, 2))
    s = tile(np.reshape(e.sum(1), (n, 1)), (1, c))
    return e / s


def compute_layer(x, w, b):
    n = x.shape[0]
    # x * w + repmat(b, n, 1)
    return np.dot(x, w) + tile(np.reshape(b, (1, -1)), (n, 1))


def average_ce(target, prediction):
    n = target.shape[0]
    logp = log(maximum(prediction, 1e-14))
    # -sum(sum(target .* logp)) / n
    return -(target * logp).sum(0).sum(0) / n


def grad_ce(target, logits):
    n, c = target.shape
    G = zeros((n, c))
    P = softmax(logits)
    for j in range(0, c):
        # for j = 1:c
        G[:, j] = (P[:, j] - target[:, j]) / n
    return G


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    n = x.shape[0]
    [z_h, a_h, z_o, p] = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    dW_o = np.dot(a_h.T, d_o)
    db_o = np.dot(ones((1, n)), d_o)
    mask = zeros(z_h.shape)
    mask[z_h > 0] = 1
    d_h = mask * np.dot(d_o, w_o.T)
    dW_h = np.dot(x.T, d_h)
    db_h = np.dot(ones((1, n)), d_h)
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    n_in = x.shape[1]
    n_out = t.shape[1]

    # randn(n_in, hidden) * sqrt(2 / (n_in + hidden))
    w_h = rng.standard_normal((n_in, hidden)) * sqrt(2 / (n_in + hidden))
    b_h = zeros((1, hidden))
    w_o = rng.standard_normal((hidden, n_out)) * sqrt(2 / (hidden + n_out))
    b_o = zeros((1, n_out))

    v_wh = zeros((n_in, hidden))
    v_bh = zeros((1, hidden))
    v_wo = zeros((hidden, n_out))
    v_bo = zeros((1, n_out))

    train_loss = zeros(epochs)
    valid_loss = zeros(epochs)
    # for ep = 1:epochs
    for ep in range(1, epochs + 1):
        [dW_h, db_h, dW_o, db_o] = backward_prop(x, t, w_h, b_h, w_o, b_o)
        v_wh = gamma * v_wh + lr * dW_h
        v_bh = gamma * v_bh + lr * db_h
        v_wo = gamma * v_wo + lr * dW_o
        v_bo = gamma * v_bo + lr * db_o
        w_h = w_h - v_wh
        b_h = b_h - v_bh
        w_o = w_o - v_wo
        b_o = b_o - v_bo
        # entry ep of Matlab is entry ep-1 here
        train_loss[ep - 1] = average_ce(t, forward_prop(x, w_h, b_h, w_o, b_o)[3])
        if xv is not None and len(xv) > 0:
            valid_loss[ep - 1] = average_ce(tv, forward_prop(xv, w_h, b_h, w_o, b_o)[3])
    return {'w_h': w_h, 'b_h': b_h, 'w_o': w_o, 'b_o': b_o}
