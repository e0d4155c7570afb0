"""Theta_i = [W_i; b_i] acts on [A, 1]; training sees all parameters as one vector theta."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _with_ones(A):
    return np.concatenate([A, np.ones((A.shape[0], 1))], axis=1)


def _fold(params):
    """[W; b] of each layer, fresh arrays."""
    depth = len(params) // 2
    return [np.vstack([params[f"W{i}"], np.reshape(params[f"b{i}"], (1, -1))]) for i in range(1, depth + 1)]


def _split(thetas):
    """The opposite of _fold."""
    params = {}
    for i, theta in enumerate(thetas, start=1):
        params[f"W{i}"], params[f"b{i}"] = theta[:-1], theta[-1:]
    return params


def _log_logistic(z):
    return -np.logaddexp(0.0, -z)


def _activation(z, act):
    """a and a'(z)."""
    if act == "relu":
        h = np.heaviside(z, 0.0)
        return h * z, h
    if act == "sigmoid":
        a = np.exp(_log_logistic(z))
        return a, a * (1 - a)
    a = np.tanh(z)
    return a, (1 - a) * (1 + a)


def forward(X, params, act):
    thetas = _fold(params)
    inputs, slopes = [_with_ones(np.asarray(X, dtype=np.float64))], []
    for theta in thetas[:-1]:
        a, slope = _activation(inputs[-1] @ theta, act)
        inputs.append(_with_ones(a))
        slopes.append(slope)
    scores = inputs[-1] @ thetas[-1]
    centred = scores - scores.max(axis=1, keepdims=True)
    log_probs = centred - np.logaddexp.reduce(centred, axis=1, keepdims=True)
    probs = np.exp(log_probs)
    return probs, (thetas, inputs, slopes, log_probs)


def backward(cache, T):
    thetas, inputs, slopes, log_probs = cache
    N, C = T.shape
    # -1/N T (I - 1 p^T), the Jacobian of the logarithm of the softmax
    jacobian = np.eye(C) - np.exp(log_probs)[:, None, :]
    delta = -np.einsum("nk,nkj->nj", T, jacobian) / N
    found = [inputs[-1].T @ delta]
    for theta, A, slope in zip(thetas[:0:-1], inputs[-2::-1], slopes[::-1]):
        delta = (delta @ theta.T)[:, :-1] * slope
        found.append(A.T @ delta)
    return _split(found[::-1])


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[1][-1], axis=1)


def _one_hot(y, K):
    return np.equal.outer(np.asarray(y), np.arange(K)).astype(np.float64)


def confusion_matrix(y, yhat, K):
    return _one_hot(y, K).T @ _one_hot(yhat, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    K = int(max(np.max(y), np.max(yv))) + 1
    sizes = np.concatenate([[X.shape[1]], np.ravel(hidden), [K]]).astype(int)
    pairs = list(zip(sizes[:-1], sizes[1:]))
    shapes = [(m + 1, n) for m, n in pairs]
    cuts = np.cumsum([m * n for m, n in shapes])[:-1]

    def unpack(vector):
        return _split([piece.reshape(shape) for piece, shape in zip(np.split(vector, cuts), shapes)])

    def pack(params):
        return np.concatenate([theta.ravel() for theta in _fold(params)])

    first = {}
    for i, (m, n) in enumerate(pairs, start=1):
        variance = 2.0 / m if act == "relu" else 2.0 / (m + n)
        first[f"W{i}"] = rng.normal(0.0, np.sqrt(variance), size=(m, n))
        first[f"b{i}"] = np.zeros((1, n))
    theta = pack(first)
    v = np.zeros(theta.size)
    T = _one_hot(y, K)
    N = X.shape[0]
    for _ in range(epochs):
        for rows in np.split(rng.permutation(N), np.arange(batch_size, N, batch_size)):
            cache = forward(X[rows], unpack(theta), act)[1]
            v = momentum * v + lr * pack(backward(cache, T[rows]))
            theta = theta - v
    return unpack(theta)


def tdnn1d(x, w, b):
    seen = sliding_window_view(x, w.shape[2], axis=2)               # (N, D, V, W)
    return np.einsum("ndtk,hdk->nht", seen, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    W = w.shape[2]
    wide = np.pad(dout, ((0, 0), (0, 0), (W - 1, W - 1)))
    # dx[s] = sum_k dout[s - k] w[k]: a full convolution, so the kernel is turned round here
    dx = np.einsum("nhsk,hdk->nds", sliding_window_view(wide, W, axis=2), w[:, :, ::-1])
    dw = np.einsum("nht,ndtk->hdk", dout, sliding_window_view(x, W, axis=2))
    db = np.einsum("nht->h", dout)
    return dx, dw, db
