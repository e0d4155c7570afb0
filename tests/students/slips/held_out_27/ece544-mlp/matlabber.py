# ECE 544 assignment 2, part II. Ported from my Matlab code (mlp.m).
# In Matlab the examples were columns and the layers counted from 1; here the examples are rows,
# and the cells Z{i}, A{i} are lists in which entry 0 is the data.
import numpy as np
from numpy import zeros, ones, exp, tile, sqrt, arange, ceil


def repmat(row, m):
    """repmat(row, m, 1): the row written m times under one another"""
    return tile(np.reshape(row, (1, -1)), (m, 1))


def sigm(Z):
    # cut off so that exp does not overflow
    Zc = np.minimum(np.maximum(Z, -500.0), 500.0)
    return ones(Z.shape) / (1 + exp(-Zc))


def actfun(Z, act):
    if act == 'relu':
        return Z * (Z > 0)
    elif act == 'sigmoid':
        return sigm(Z)
    elif act == 'tanh':
        return 2 * sigm(2 * Z) - 1
    else:
        raise ValueError('unknown activation ' + act)


def actfun_prime(Z, A, act):
    if act == 'relu':
        return 1.0 * (Z > 0)
    elif act == 'sigmoid':
        return A - A ** 2
    elif act == 'tanh':
        return (1 - A) * (1 + A)
    else:
        raise ValueError('unknown activation ' + act)


def softmax_rows(Z):
    [m, n] = Z.shape
    mx = np.max(Z, 1).reshape(m, 1)
    E = exp(Z - tile(mx, (1, n)))
    den = np.sum(E, 1).reshape(m, 1)
    return E / tile(den, (1, n))


def forward(X, params, act):
    m = X.shape[0]
    L = len(params) // 2
    A = [None] * (L + 1)
    Z = [None] * (L + 1)
    W = [None] * (L + 1)
    A[0] = np.array(X)
    for i in range(1, L + 1):
        W[i] = np.array(params['W%d' % i])
        Z[i] = np.dot(A[i - 1], W[i]) + repmat(params['b%d' % i], m)
        if i < L:
            A[i] = actfun(Z[i], act)
    A[L] = softmax_rows(Z[L])
    cache = {'A': A, 'Z': Z, 'W': W, 'act': act, 'L': L, 'm': m}
    return A[L].copy(), cache


def backward(cache, T):
    A = cache['A']
    Z = cache['Z']
    W = cache['W']
    L = cache['L']
    m = cache['m']
    grads = {}
    D = (A[L] - T) / m
    for i in range(L, 0, -1):
        grads['W%d' % i] = np.dot(A[i - 1].T, D)
        grads['b%d' % i] = np.dot(ones((1, m)), D)
        if i > 1:
            D = np.dot(D, W[i].T) * actfun_prime(Z[i - 1], A[i - 1], cache['act'])
    return grads


def predict(X, params, act):
    P, _ = forward(X, params, act)
    # [~, yhat] = max(P, [], 2); yhat = yhat - 1
    return P.argmax(1)


def confusion_matrix(y, yhat, K):
    CM = zeros((K, K))
    for i in range(K):
        for j in range(K):
            CM[i, j] = np.sum((y == i) & (yhat == j))
    return CM


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    [m, d] = X.shape
    K = int(np.max(y)) + 1
    # T = full(ind2vec(y'))'
    T = zeros((m, K))
    T[arange(m), y] = 1

    layers = [d] + list(np.atleast_1d(hidden)) + [K]
    L = len(layers) - 1
    params = {}
    vel = {}
    for i in range(1, L + 1):
        n_in = int(layers[i - 1])
        n_out = int(layers[i])
        if act == 'relu':
            s = sqrt(2 / n_in)
        else:
            s = sqrt(2 / (n_in + n_out))
        params['W%d' % i] = s * rng.normal(size=(n_in, n_out))
        params['b%d' % i] = zeros((1, n_out))
        vel['W%d' % i] = zeros((n_in, n_out))
        vel['b%d' % i] = zeros((1, n_out))

    nbatch = int(ceil(m / batch_size))
    for ep in range(epochs):
        # idx = randperm(m)
        idx = rng.permutation(m)
        Xs = X[idx, :]
        Ts = T[idx, :]
        for b in range(nbatch):
            first = b * batch_size
            last = min(first + batch_size, m)
            [P, cache] = forward(Xs[first:last, :], params, act)
            grads = backward(cache, Ts[first:last, :])
            for key in params:
                vel[key] = momentum * vel[key] + lr * grads[key]
                params[key] = params[key] - vel[key]
    return params
