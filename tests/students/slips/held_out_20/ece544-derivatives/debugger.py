"""Every step has a name, every shape is asserted, nothing is vectorised that could hide a mistake."""

import numpy as np


def _softmax(z):
    z = np.asarray(z, dtype=float)
    assert z.ndim == 1
    shifted = z.copy()
    shifted -= np.max(z)
    exps = np.exp(shifted)
    denominator = np.sum(exps)
    assert denominator >= 1
    probs = exps / denominator
    assert abs(probs.sum() - 1) < 1e-9
    return probs


def softmax_jacobian(z):
    probs = _softmax(z)
    C = probs.shape[0]
    J = np.full((C, C), np.nan)
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = probs[k] * (1 - probs[k])
            else:
                J[k, j] = -probs[k] * probs[j]
    assert not np.isnan(J).any()
    return J


def nll(yhat, y):
    N, C = yhat.shape
    assert y.shape == (N,)
    total = 0.0
    for i in range(N):
        label = y[i]
        prob = yhat[i, label]
        log_prob = np.log(prob)
        total = total - log_prob
    return total


def nll_grad(yhat, y):
    N, C = yhat.shape
    one_hot = np.zeros((N, C))
    for i in range(N):
        one_hot[i, y[i]] = 1.0
    assert np.all(one_hot.sum(axis=1) == 1)
    grad = -one_hot / yhat
    assert grad.shape == yhat.shape
    return grad


def avg_pool1d(x, W):
    n = x.shape[0]
    assert 1 <= W <= n
    n_out = n - W + 1
    y = np.zeros(n_out)
    for i in range(n_out):
        acc = 0.0
        for k in range(W):
            acc += x[i + k]
        y[i] = acc / W
    return y


def avg_pool1d_backward(dy, n, W):
    n_out = n - W + 1
    assert dy.shape == (n_out,)
    D = np.zeros((n_out, n))  # D[i, j] = dy[i]/dx[j]
    for i in range(n_out):
        first = i
        last = i + W - 1
        D[i, first : last + 1] = 1.0 / W
    dx = dy @ D
    assert dx.shape == (n,)
    return dx


def max_pool1d(x, W):
    n = x.shape[0]
    n_out = n - W + 1
    y = np.zeros(n_out)
    for i in range(n_out):
        biggest = x[i]
        for k in range(1, W):
            if x[i + k] > biggest:
                biggest = x[i + k]
        y[i] = biggest
    return y


def max_pool1d_backward(dy, x, W):
    n = x.shape[0]
    y = max_pool1d(x, W)
    assert dy.shape == y.shape
    dx = np.zeros(n)
    for i in range(len(y)):
        start, stop = i, i + W
        places = [j for j in range(start, stop) if x[j] == y[i]]
        assert len(places) >= 1
        winner = places[0]
        dx[winner] += dy[i]
    return dx


def conv1d(x, w):
    n = len(x)
    assert w.shape == (3,)
    padded = np.zeros(n + 2)
    padded[1 : n + 1] = x
    y = np.zeros(n)
    for i in range(n):
        centre = i + 1
        after = padded[centre + 1] * w[0]
        here = padded[centre] * w[1]
        before = padded[centre - 1] * w[2]
        y[i] = after + here + before
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    assert dy.shape == (n,)
    # y = M x with M[i, j] = w_(i-j)
    M = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if abs(i - j) <= 1:
                M[i, j] = w[(i - j) + 1]
    dx = M.T @ dy
    dw = np.zeros(3)
    for k in (-1, 0, 1):
        for i in range(n):
            source = i - k
            if 0 <= source < n:
                dw[k + 1] += dy[i] * x[source]
    assert dx.shape == x.shape and dw.shape == w.shape
    return dx, dw
