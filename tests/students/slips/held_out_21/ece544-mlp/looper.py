import math

import numpy as np


def f(z, act):
    if act == "relu":
        return np.maximum(0.0, z)
    if act == "sigmoid":
        return (1.0 + np.tanh(z / 2.0)) / 2.0
    return np.tanh(z)


def forward(X, params, act):
    L = len(params) // 2
    N = len(X)
    zs = []
    outs = [X]
    Ws = []
    # unit by unit
    for l in range(L):
        W = params["W" + str(l + 1)]
        b = np.reshape(params["b" + str(l + 1)], -1)
        z = np.zeros((N, W.shape[1]))
        for k in range(W.shape[1]):
            z[:, k] = b[k] + np.dot(outs[l], W[:, k])
        zs.append(z)
        Ws.append(W)
        if l < L - 1:
            outs.append(f(z, act))
    # softmax row by row
    probs = np.zeros(zs[L - 1].shape)
    for n in range(N):
        row = zs[L - 1][n]
        e = np.exp(row - max(row))
        probs[n] = e / sum(e)
    return probs, [zs, outs, Ws, probs, act]


def backward(cache, T):
    zs, outs, Ws, probs, act = cache
    N = len(T)
    L = len(Ws)
    grads = {}
    d = (probs - T) / N
    for l in range(L - 1, -1, -1):
        n_in, n_out = Ws[l].shape
        dW = np.zeros((n_in, n_out))
        db = np.zeros((1, n_out))
        for n in range(N):
            dW += np.outer(outs[l][n], d[n])
            db[0] += d[n]
        grads["W" + str(l + 1)] = dW
        grads["b" + str(l + 1)] = db
        if l > 0:
            below = np.zeros((N, n_in))
            for k in range(n_out):
                below += d[:, k : k + 1] * Ws[l][:, k]
            a = outs[l]
            if act == "relu":
                d = below * (zs[l - 1] > 0)
            elif act == "sigmoid":
                d = below * a * (1 - a)
            else:
                d = below * (1 - a * a)
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    N, C = probs.shape
    yhat = np.zeros(N, dtype=int)
    for n in range(N):
        for k in range(1, C):
            if probs[n, k] > probs[n, yhat[n]]:
                yhat[n] = k
    return yhat


def confusion_matrix(y, yhat, K):
    m = np.zeros((K, K), dtype=int)
    for i in range(len(y)):
        m[y[i], yhat[i]] += 1
    return m


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N, D = X.shape
    C = 0
    for c in list(y) + list(yv):
        if c + 1 > C:
            C = int(c) + 1
    T = np.zeros((N, C))
    for n in range(N):
        T[n, y[n]] = 1.0

    # first weights
    sizes = [D]
    if isinstance(hidden, (tuple, list)):
        for h in hidden:
            sizes.append(h)
    else:
        sizes.append(hidden)
    sizes.append(C)
    w = {}
    v = {}
    for l in range(1, len(sizes)):
        if act == "relu":
            std = math.sqrt(2.0 / sizes[l - 1])
        else:
            std = math.sqrt(2.0 / (sizes[l - 1] + sizes[l]))
        w["W" + str(l)] = rng.normal(0.0, std, size=(sizes[l - 1], sizes[l]))
        w["b" + str(l)] = np.zeros((1, sizes[l]))
        v["W" + str(l)] = np.zeros((sizes[l - 1], sizes[l]))
        v["b" + str(l)] = np.zeros((1, sizes[l]))

    # epochs
    for epoch in range(epochs):
        order = np.arange(N)
        rng.shuffle(order)
        i = 0
        while i < N:
            rows = order[i : i + batch_size]
            probs, cache = forward(X[rows], w, act)
            grads = backward(cache, T[rows])
            for name in w:
                v[name] = momentum * v[name] + lr * grads[name]
                w[name] = w[name] - v[name]
            i += batch_size
    return w
