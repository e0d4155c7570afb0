# Multi-layer perceptron, all in COLUMN convention: A in R^(H x N), one column per example.
#
#   A_0 = X',   Z_i = W_i' A_(i-1) + b_i' 1',   A_i = phi(Z_i),   P = softmax(Z_L) by columns
#   J   = -1/N <T', log P>
#
#   D_L = (P - T')/N                                dJ = <D_L, dZ_L>
#   dZ_i = dW_i' A_(i-1) + db_i' 1' + W_i' dA_(i-1)
#   => grad_W_i = A_(i-1) D_i',   grad_b_i = (D_i 1)',   D_(i-1) = phi'(Z_(i-1)) o (W_i D_i)
#
# phi' is written as a polynomial in a = phi(z) where that is possible:
#   sigmoid: a - a^2,     tanh: 1 - a^2,     relu: Heaviside(z), with H(0) = 0.

import numpy as np


def _phi(act):
    """(phi, phi') with phi' a function of z and a = phi(z)."""
    table = {
        "relu": (lambda z: (z + np.abs(z)) / 2,
                 lambda z, a: np.heaviside(z, 0.0)),
        "sigmoid": (lambda z: np.exp(-np.logaddexp(0.0, -z)),
                    lambda z, a: a - a**2),
        "tanh": (np.tanh,
                 lambda z, a: 1.0 - a**2),
    }
    return table[act]


def _simplex(Z):
    """Column-wise softmax via log-probabilities."""
    Y = Z - Z.max(axis=0, keepdims=True)
    return np.exp(Y - np.log(np.exp(Y).sum(axis=0, keepdims=True)))


def forward(X, params, act):
    L = len(params) // 2
    W = [params["W%d" % i] for i in range(1, L + 1)]
    b = [np.reshape(params["b%d" % i], (-1, 1)) for i in range(1, L + 1)]     # columns

    phi, dphi = _phi(act)
    A = [np.asarray(X, dtype=float).T]
    Phi = [None]                       # diagonal of the Jacobian of layer i, as a matrix (H_i, N)
    for Wi, bi in zip(W[:-1], b[:-1]):
        Z = Wi.T @ A[-1] + bi
        A.append(phi(Z))
        Phi.append(dphi(Z, A[-1]))
    P = _simplex(W[-1].T @ A[-1] + b[-1])
    return P.T, (A, Phi, P, W)


def backward(cache, T):
    A, Phi, P, W = cache
    N = P.shape[1]
    one = np.ones((N, 1))

    def pull_back(i, D):
        """Yield the gradients of layer i (counted from 1), then of those below."""
        yield "W%d" % i, A[i - 1] @ D.T
        yield "b%d" % i, (D @ one).T
        if i > 1:
            yield from pull_back(i - 1, Phi[i - 1] * (W[i - 1] @ D))

    return dict(pull_back(len(W), (P - np.transpose(T)) / N))


def predict(X, params, act):
    P, _ = forward(X, params, act)
    return P.argmax(axis=-1)


def _indicator(y, K):
    """E in R^(N x K), E[n, k] = [y_n = k]."""
    return (np.asarray(y).reshape(-1, 1) == np.arange(K)).astype(float)


def confusion_matrix(y, yhat, K):
    return _indicator(y, K).T @ _indicator(yhat, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N, D = X.shape
    K = 1 + max(np.max(y), np.max(yv))
    E = _indicator(y, K)

    n = (D,) + tuple(np.atleast_1d(hidden)) + (K,)
    theta = {}
    for i, (p, q) in enumerate(zip(n[:-1], n[1:]), start=1):
        sigma2 = 2 / p if act == "relu" else 2 / (p + q)
        theta["W%d" % i] = rng.normal(scale=sigma2**0.5, size=(p, q))
        theta["b%d" % i] = np.zeros((1, q))

    v = {k: 0.0 * x for k, x in theta.items()}
    cuts = np.arange(batch_size, N, batch_size)
    for _ in range(epochs):
        pi = rng.permutation(N)
        for B in np.split(pi, cuts):
            _, cache = forward(X[B], theta, act)
            g = backward(cache, E[B])
            v = {k: momentum * v[k] + lr * g[k] for k in theta}
            theta = {k: theta[k] - v[k] for k in theta}
    return theta


# ---- time delays: the windows of x as a tensor omega[n, d, t, k] = x[n, d, t + k] -------------------------------

def _omega(x, width):
    return np.lib.stride_tricks.sliding_window_view(x, width, axis=2)


def tdnn1d(x, w, b):
    return np.einsum("hdk,ndtk->nht", w, _omega(x, w.shape[-1])) + np.reshape(b, (1, -1, 1))


def tdnn1d_backward(dout, x, w):
    width = w.shape[-1]
    # dx is the full convolution of dout with w: pad with width - 1 zeros, window, w turned round
    padded = np.pad(dout, ((0, 0), (0, 0), (width - 1, width - 1)))
    dx = np.einsum("hdk,nhsk->nds", w[:, :, ::-1], _omega(padded, width))
    dw = np.einsum("nht,ndtk->hdk", dout, _omega(x, width))
    db = np.einsum("nht->h", dout)
    return dx, dw, db
