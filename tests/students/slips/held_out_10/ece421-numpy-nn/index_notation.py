# Indices used everywhere:
#   n example, d input, h hidden unit, j, k class.
# Repeated indices are summed.  kron_jk is np.eye.
import numpy as np


def theta(z):
    """Heaviside step, 1 for z > 0 and 0 otherwise."""
    return np.heaviside(z, 0.0)


def relu(x):
    return x * theta(x)


def log_partition(z):
    """ln Z_n = ln sum_k exp(z_nk), kept finite by pulling out the largest term."""
    m = np.amax(z, axis=-1)
    return m + np.log(np.einsum("nk->n", np.exp(z - m[:, None])))


def softmax(logits):
    # Boltzmann weights with energies -z:  p_nk = exp(z_nk - ln Z_n)
    return np.exp(logits - log_partition(logits)[:, None])


def compute_layer(x, w, b):
    # z_nh = x_nd w_dh + b_h
    return np.einsum("nd,dh->nh", x, w, optimize=True) + b


def average_ce(target, prediction):
    # L = -1/N  t_nk ln p_nk ; only the non-zero t contribute
    n, k = np.nonzero(target)
    surprise = -np.log(prediction[n, k])
    return np.einsum("i,i->", target[n, k], surprise) / target.shape[0]


def grad_ce(target, logits):
    # d ln p_nk / d z_nj = kron_kj - p_nj
    # dL/dz_nj = -1/N t_nk (kron_kj - p_nj)
    N, K = target.shape
    p = softmax(logits)
    jac = np.eye(K)[None, :, :] - p[:, None, :]
    return -np.einsum("nk,nkj->nj", target, jac) / N


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, _, p = forward_prop(x, w_h, b_h, w_o, b_o)
    N = x.shape[0]
    eps_nk = (p - target) / N
    # dL/da_nh = eps_nk w_hk ,  dL/dz_nh = theta(z_nh) eps_nk w_hk
    eta_nh = np.einsum("nk,hk,nh->nh", eps_nk, w_o, theta(z_h), optimize=True)
    dW_h = np.einsum("nd,nh->dh", x, eta_nh, optimize=True)
    dW_o = np.einsum("nh,nk->hk", a_h, eps_nk, optimize=True)
    db_h = np.einsum("nh->h", eta_nh)[None, :]
    db_o = np.einsum("nk->k", eps_nk)[None, :]
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """Damped motion of one point q in the space of all parameters; the four arrays are views of q."""
    D, K = x.shape[1], t.shape[1]
    shapes = [(D, hidden), (1, hidden), (hidden, K), (1, K)]
    ends = np.cumsum([rows * cols for rows, cols in shapes])

    def views(vector):
        return [part.reshape(s) for part, s in zip(np.split(vector, ends[:-1]), shapes)]

    rng = np.random.default_rng(seed)
    q = np.zeros(ends[-1])
    w_h, b_h, w_o, b_o = views(q)
    w_h[...] = np.sqrt(2 / (D + hidden)) * rng.standard_normal((D, hidden))
    w_o[...] = np.sqrt(2 / (hidden + K)) * rng.standard_normal((hidden, K))

    v = np.zeros_like(q)
    for tau in range(epochs):
        force = np.concatenate([g.ravel() for g in backward_prop(x, t, w_h, b_h, w_o, b_o)])
        v *= gamma
        v += lr * force
        q -= v

    return {name: a.copy() for name, a in zip(["w_h", "b_h", "w_o", "b_o"], (w_h, b_h, w_o, b_o))}
