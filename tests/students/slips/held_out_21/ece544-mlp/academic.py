"""A perceptron of any depth, with its adjoint equations.

    A_0 = X,  Z_i = A_{i-1} W_i + 1 b_i,  A_i = sigma(Z_i),  log P = Z_L - LSE(Z_L)

    delta_L = (P - T) / N
    delta_i = (delta_{i+1} W_{i+1}^T) o sigma'(Z_i)
    dW_i = A_{i-1}^T delta_i,   db_i = 1^T delta_i
"""

import numpy as np


def _sigma(z, act):
    """The activation, with exponentials of non-positive arguments only."""
    if act == "relu":
        return np.where(z > 0.0, z, 0.0)
    if act == "sigmoid":
        t = np.exp(-np.abs(z))
        return np.where(z >= 0.0, 1.0, t) / (1.0 + t)
    if act == "tanh":
        t = np.exp(-2.0 * np.abs(z))
        return np.sign(z) * (1.0 - t) / (1.0 + t)
    raise ValueError(f"unknown activation {act!r}")


def _sigma_prime(a, act):
    """The derivative as a function of the value; for relu a > 0 exactly where z > 0."""
    if act == "relu":
        return np.where(a > 0.0, 1.0, 0.0)
    if act == "sigmoid":
        return a * (1.0 - a)
    return (1.0 - a) * (1.0 + a)


def _lse(z):
    m = np.max(z, axis=1, keepdims=True)
    return m + np.log(np.sum(np.exp(z - m), axis=1, keepdims=True))


def _unpack(params):
    """[(W_1, b_1), ..., (W_L, b_L)] in float64, each b as a row."""
    depth = len(params) // 2
    return [
        (np.asarray(params[f"W{i}"], dtype=np.float64), np.asarray(params[f"b{i}"], dtype=np.float64).reshape(1, -1))
        for i in range(1, depth + 1)
    ]


def forward(X, params, act):
    """P (N, C), and (A_0 .. A_{L-1}, P, weights, act)."""
    layers = _unpack(params)
    A = [np.asarray(X, dtype=np.float64)]
    for W, b in layers[:-1]:
        A.append(_sigma(A[-1] @ W + b, act))
    W, b = layers[-1]
    Z = A[-1] @ W + b
    P = np.exp(Z - _lse(Z))
    return P, (A, P, [W for W, _ in layers], act)


def backward(cache, T):
    """The adjoint equations, from the last layer to the first."""
    A, P, weights, act = cache
    delta = (P - np.asarray(T, dtype=np.float64)) / P.shape[0]
    gradients = {}
    for i in reversed(range(len(weights))):
        gradients[f"W{i + 1}"] = A[i].T @ delta
        gradients[f"b{i + 1}"] = np.sum(delta, axis=0, keepdims=True)
        if i == 0:
            break
        delta = (delta @ weights[i].T) * _sigma_prime(A[i], act)
    return gradients


def predict(X, params, act):
    """argmax of P, row by row."""
    P, _ = forward(X, params, act)
    return np.argmax(P, axis=1)


def confusion_matrix(y, yhat, K):
    """Counts of the pairs (y, yhat), as the histogram of K y + yhat."""
    pairs = K * np.asarray(y, dtype=np.int64).ravel() + np.asarray(yhat, dtype=np.int64).ravel()
    return np.bincount(pairs, minlength=K * K).reshape(K, K)


def _initial(sizes, act, rng):
    """Normal weights: variance 2/in (He) for relu and 2/(in + out) (Glorot) otherwise; biases 0."""
    params = {}
    for i, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        variance = 2.0 / fan_in if act == "relu" else 2.0 / (fan_in + fan_out)
        params[f"W{i}"] = rng.normal(0.0, np.sqrt(variance), size=(fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    """Heavy-ball descent on shuffled mini-batches: v <- mu v + eta g, w <- w - v."""
    X = np.asarray(X, dtype=np.float64)
    y = np.asarray(y, dtype=np.int64)
    classes = int(max(y.max(), np.max(yv))) + 1
    T = (y[:, None] == np.arange(classes)[None, :]).astype(np.float64)
    w = _initial([X.shape[1], *np.atleast_1d(hidden).tolist(), classes], act, rng)
    v = {name: np.zeros_like(value) for name, value in w.items()}
    n = X.shape[0]
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            batch = order[start : start + batch_size]
            g = backward(forward(X[batch], w, act)[1], T[batch])
            for name in w:
                v[name] = momentum * v[name] + lr * g[name]
                w[name] = w[name] - v[name]
    return w


def tdnn1d(x, w, b):
    """out[n, h, t] = b[h] + sum_{d,k} w[h, d, k] x[n, d, t + k]."""
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(x, dtype=np.float64), w.shape[2], axis=2)
    return np.einsum("ndtk,hdk->nht", windows, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    """The adjoint of the windows puts entry k of place t at time t + k."""
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(x, dtype=np.float64), w.shape[2], axis=2)
    dw = np.einsum("nht,ndtk->hdk", dout, windows)
    dx = np.zeros(x.shape, dtype=np.float64)
    for k in range(w.shape[2]):
        dx[:, :, k : k + dout.shape[2]] += np.einsum("nht,hd->ndt", dout, w[:, :, k])
    return dx, dw, np.einsum("nht->h", dout)
