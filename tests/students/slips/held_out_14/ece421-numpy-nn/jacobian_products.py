"""Derivatives as products of full Jacobians; affine maps in homogeneous coordinates; moments by matrices of ones."""

import numpy as np


def relu(x):
    x = np.asarray(x, dtype=np.float64)
    return np.where(np.signbit(x), 0.0, x)


def shift(logits):
    """Logits less their row's mean, less the largest deviation: every row's largest entry is 0."""
    k = logits.shape[1]
    centred = logits - logits @ np.full((k, k), 1.0 / k)
    return centred - centred.max(axis=1, keepdims=True)


def softmax(logits):
    e = np.exp(logits - logits.max(axis=1)[:, None])
    return np.einsum("nk,n->nk", e, 1.0 / np.einsum("nk->n", e))


def compute_layer(x, w, b):
    return np.hstack([x, np.ones((x.shape[0], 1))]) @ np.vstack([w, np.reshape(b, (1, w.shape[1]))])


def average_ce(target, prediction):
    log_p = np.zeros(np.shape(prediction))
    np.log(prediction, out=log_p, where=np.asarray(target) > 0)
    return -np.trace(np.asarray(target).T @ log_p) / np.shape(target)[0]


def softmax_jacobians(p):
    """J[n, i, j] = p_i (1[i = j] - p_j) = diag(p) - p p^T"""
    k = p.shape[1]
    return p[:, :, None] * np.eye(k) - p[:, :, None] * p[:, None, :]


def grad_ce(target, logits):
    n, k = logits.shape
    p = softmax(logits)
    # sum_i -t_i/p_i J_ij; with J_ij/p_i = 1[i = j] - p_j nothing is divided by a small p
    scaled = np.eye(k)[None, :, :] - p[:, None, :]
    return -np.einsum("ni,nij->nj", target, scaled) / n


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    ones = np.ones((x.shape[0], 1))
    X1, A1 = np.hstack([x, ones]), np.hstack([a_h, ones])
    d_o = grad_ce(target, z_o)
    B_o = A1.T @ d_o
    back = np.tensordot(d_o, w_o, axes=([1], [1]))
    d_h = back * np.heaviside(z_h, 0)
    B_h = X1.T @ d_h
    H = w_h.shape[1]
    return B_h[:-1], B_h[-1].reshape(1, H), B_o[:H], B_o[H:]


def pack(w_h, b_h, w_o, b_o):
    return np.concatenate([np.ravel(part) for part in (w_h, b_h, w_o, b_o)])


def unpack(vector, D, H, C):
    sizes = np.cumsum([D * H, H, H * C])
    w_h, b_h, w_o, b_o = np.split(vector, sizes)
    return w_h.reshape(D, H), b_h.reshape(1, H), w_o.reshape(H, C), b_o.reshape(1, C)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[1], t.shape[1]
    std_h, std_o = np.sqrt(2 / np.array([D + hidden, hidden + C]))
    theta = pack(
        rng.normal(0, std_h, (D, hidden)), np.zeros((1, hidden)), rng.normal(0, std_o, (hidden, C)), np.zeros((1, C))
    )
    velocity = 0 * theta
    for _ in range(epochs):
        gradient = pack(*backward_prop(x, t, *unpack(theta, D, hidden, C)))
        velocity = gamma * velocity + lr * gradient
        theta = theta - velocity
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), unpack(theta, D, hidden, C)))
