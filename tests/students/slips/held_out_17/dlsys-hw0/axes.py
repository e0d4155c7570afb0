# b = example in the batch, d = input, h = hidden unit, c = class (k = class that is summed away)
from functools import partial
from itertools import count, takewhile

import numpy as np

es = partial(np.einsum, optimize=False)


def _starts(n, step):
    return takewhile(lambda s: s < n, count(0, step))


def _lse_bc(Z_bc):
    """log sum exp over k, keeps c as an axis of length one"""
    m_b = np.maximum.reduce(Z_bc, axis=-1)
    s_b = es("bk->b", np.exp(Z_bc - m_b[:, None]))
    return (m_b + np.log(s_b))[:, None]


def _labels_bc(y_b, C):
    # t[b, c] = 1 where class c is the label of example b
    return (y_b[:, None] == np.arange(C)[None, :]).astype(np.float64)


def softmax_loss(Z, y):
    t_bc = _labels_bc(y, Z.shape[-1])
    nll_bc = _lse_bc(Z) - Z
    return es("bc,bc->", t_bc, nll_bc) / len(Z)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for s in _starts(len(X), batch):
        x_bd, y_b = X[s : s + batch], y[s : s + batch]
        z_bc = es("bd,dc->bc", x_bd, theta)
        e_bc = np.exp(z_bc - _lse_bc(z_bc)) - _labels_bc(y_b, theta.shape[1])
        theta -= es("bd,bc->dc", x_bd, e_bc) * (lr / len(x_bd))


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for s in _starts(len(X), batch):
        x_bd, y_b = X[s : s + batch], y[s : s + batch]
        B = len(x_bd)
        z_bh = es("bd,dh->bh", x_bd, W1)
        on_bh = np.heaviside(z_bh, 0.0)
        a_bh = es("bh,bh->bh", z_bh, on_bh)
        z_bc = es("bh,hc->bc", a_bh, W2)
        e_bc = (np.exp(z_bc - _lse_bc(z_bc)) - _labels_bc(y_b, W2.shape[1])) / B
        # three factors at once: error, way back, gate
        d_dh = es("bd,bc,hc,bh->dh", x_bd, e_bc, W2, on_bh)
        d_hc = np.tensordot(a_bh, e_bc, axes=([0], [0]))
        for W, d in ((W1, d_dh), (W2, d_hc)):
            W[...] = W - lr * d
