# Forward and backward by recursion: the network is its first layer and a smaller network.
# The cache is nested in the same way: (layer's things, cache of the rest).
import collections

import numpy as np


def softmax(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


def sigma(z, act):
    if act == 'relu':
        return np.maximum(0, z)
    elif act == 'tanh':
        return np.tanh(z)
    elif act == 'sigmoid':
        out = np.zeros(z.shape)
        pos = z >= 0
        out[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
        ez = np.exp(z[~pos])
        out[~pos] = ez / (1.0 + ez)
        return out
    raise ValueError(act)


def sigma_prime(a, act):
    """Derivative from the activation a (for relu: a > 0 exactly where z > 0)."""
    if act == 'relu':
        return (a > 0) * 1.0
    elif act == 'tanh':
        return (1 - a) * (1 + a)
    return a * (1 - a)


def forward(X, params, act, _layer=1):
    W, b = params['W%d' % _layer], params['b%d' % _layer]
    Z = np.dot(X, W) + b
    if 2 * _layer == len(params):
        P = softmax(Z)
        return P, (_layer, X, W, P, act, None)
    A = sigma(Z, act)
    probs, rest = forward(A, params, act, _layer + 1)
    return probs, (_layer, X, W, A, act, rest)


def _back(cache, T):
    """-> (derivative by this layer's input, gradients of this layer and all after it)"""
    layer, X, W, A, act, rest = cache
    if rest is None:
        d, grads = (A - T) / len(T), {}
    else:
        dA, grads = _back(rest, T)
        d = dA * sigma_prime(A, act)
    grads['W%d' % layer] = np.dot(X.T, d)
    grads['b%d' % layer] = np.sum(d, axis=0).reshape(1, -1)
    return np.dot(d, W.T), grads


def backward(cache, T):
    return _back(cache, T)[1]


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return probs.argmax(1)


def confusion_matrix(y, yhat, K):
    counts = collections.Counter(zip(np.ravel(y).tolist(), np.ravel(yhat).tolist()))
    M = np.zeros((K, K))
    for (true, guess), times in counts.items():
        M[true, guess] = times
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    try:
        hidden = list(hidden)
    except TypeError:
        hidden = [hidden]
    n, d = X.shape
    C = len(np.unique(np.concatenate((np.ravel(y), np.ravel(yv)))))
    C = max(C, int(y.max()) + 1, int(yv.max()) + 1)

    T = np.zeros((n, C))
    T[np.arange(n), y] = 1

    widths = [d] + hidden + [C]
    params, velocity = {}, {}
    for l in range(1, len(widths)):
        fan = widths[l - 1] if act == 'relu' else widths[l - 1] + widths[l]
        params['W%d' % l] = rng.normal(loc=0.0, scale=(2.0 / fan) ** 0.5, size=(widths[l - 1], widths[l]))
        params['b%d' % l] = np.zeros((1, widths[l]))
        velocity['W%d' % l] = np.zeros_like(params['W%d' % l])
        velocity['b%d' % l] = np.zeros_like(params['b%d' % l])

    for epoch in range(epochs):
        perm = rng.permutation(n)
        Xs, Ts = X[perm], T[perm]
        start = 0
        while start < n:
            Xb, Tb = Xs[start:start + batch_size], Ts[start:start + batch_size]
            _, cache = forward(Xb, params, act)
            grads = backward(cache, Tb)
            for key in params:
                velocity[key] *= momentum
                velocity[key] += lr * grads[key]
                params[key] -= velocity[key]
            start += batch_size
    return params
