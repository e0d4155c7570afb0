"""One hidden layer, in index notation.

    z_nj = x~_ni w~_ij   with x~ = (x, 1) and w~ = (w; b)
    dL/dz_nj = sum_k dL/dp_nk dp_nk/dz_nj,   dp_k/dz_j = p_k (delta_kj - p_j),   dL/dp_nk = -t_nk / (N p_nk)
"""
import numpy as np


def relu(x):
    return np.einsum("nd,nd->nd", x, np.heaviside(x, 0.0))


def softmax(logits):
    zeta = (logits.T - logits.max(axis=1)).T
    E = np.exp(zeta)
    Z = np.einsum("nk->n", E)  # partition function of each example
    return np.einsum("nk,n->nk", E, 1.0 / Z)


def extended(x):
    return np.hstack([x, np.ones((x.shape[0], 1))])


def compute_layer(x, w, b):
    w_ext = np.vstack([w, np.reshape(b, (1, -1))])
    return np.einsum("ni,ij->nj", extended(x), w_ext)


def average_ce(target, prediction):
    N = target.shape[0]
    # p_n = sum_k t_nk p_nk is the probability of the right class
    p_right = np.einsum("nk,nk->n", target, prediction)
    return -np.sum(np.log(p_right + 1e-15)) / N


def grad_ce(target, logits):
    N, K = logits.shape
    p = softmax(logits)
    delta = np.eye(K)
    # the p_nk of the Jacobian and of dL/dp_nk cancel, so nothing is divided by 0
    J_over_p = delta[None, :, :] - p[:, None, :]
    return np.einsum("nk,nkj->nj", -target / N, J_over_p)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    N = x.shape[0]
    one = np.ones((N, 1))
    # from here on examples are columns
    D_o = (p - target).T / N
    D_h = np.einsum("hk,kn->hn", w_o, D_o) * (z_h.T > 0)
    dW_o = np.einsum("nh,kn->hk", a_h, D_o)
    dW_h = np.einsum("nd,hn->dh", x, D_h)
    db_o = (D_o @ one).T
    db_h = (D_h @ one).T
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    omega = np.random.default_rng(seed)
    D, K = x.shape[1], t.shape[1]

    def glorot(m, n):
        return omega.standard_normal((m, n)) * (2 / (m + n)) ** 0.5

    shapes = {"w_h": (D, hidden), "b_h": (1, hidden), "w_o": (hidden, K), "b_o": (1, K)}
    # all weights as one vector theta in R^P, all velocities as one vector nu
    sizes = [int(np.prod(s)) for s in shapes.values()]
    cuts = np.cumsum(sizes)[:-1]

    def parts(vector):
        return [piece.reshape(s) for piece, s in zip(np.split(vector, cuts), shapes.values())]

    w_h = glorot(D, hidden)
    w_o = glorot(hidden, K)
    theta = np.concatenate([w_h.ravel(), np.zeros(hidden), w_o.ravel(), np.zeros(K)])
    nu = np.zeros_like(theta)
    for _ in range(epochs):
        gradient = np.concatenate([g.ravel() for g in backward_prop(x, t, *parts(theta))])
        nu = gamma * nu + lr * gradient
        theta = theta - nu
    return dict(zip(shapes, parts(theta)))
