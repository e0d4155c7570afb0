"""Assignment 2 part II.  mlp.m in Python: inside every function one example is one COLUMN."""

import numpy as np


def act_fun(Z, act):
    if act == "relu":
        return np.multiply(Z, Z > 0)
    elif act == "sigmoid":
        return 0.5 * (1 + np.tanh(0.5 * Z))
    elif act == "tanh":
        return np.tanh(Z)


def act_grad(A, Z, act):
    if act == "relu":
        G = np.zeros(shape=np.shape(Z))
        G[Z > 0] = 1
    elif act == "sigmoid":
        G = np.multiply(A, 1 - A)
    elif act == "tanh":
        G = 1 - np.power(A, 2)
    return G


def forward(X, params, act):
    L = len(params) // 2
    N = np.size(X, axis=0)
    Zs = [None] * (L + 1)
    As = [None] * (L + 1)
    Ws = [None] * (L + 1)
    As[0] = np.transpose(X)  # D x N
    for l in range(1, L + 1):
        Ws[l] = params["W" + str(l)]
        b = np.reshape(params["b" + str(l)], (-1, 1))
        Zs[l] = np.dot(Ws[l].T, As[l - 1]) + np.tile(b, reps=(1, N))
        if l < L:
            As[l] = act_fun(Z=Zs[l], act=act)
    S = Zs[L]
    P = np.zeros(shape=np.shape(S))
    for n in range(1, N + 1):
        e = np.exp(S[:, n - 1] - np.max(S[:, n - 1]))
        P[:, n - 1] = e / np.sum(e)
    cache = {"A": As, "Z": Zs, "W": Ws, "P": P, "act": act, "L": L}
    return P.T, cache


def backward(cache, T):
    L = cache["L"]
    N = np.size(T, axis=0)
    grads = {}
    D = (cache["P"] - np.transpose(T)) / N  # C x N
    for l in range(L, 0, -1):
        Aprev = cache["A"][l - 1]
        grads["W" + str(l)] = np.dot(D, Aprev.T).T
        grads["b" + str(l)] = np.reshape(np.sum(D, axis=1), (1, -1))
        if l > 1:
            Zprev = cache["Z"][l - 1]
            D = np.multiply(np.dot(cache["W"][l], D), act_grad(A=Aprev, Z=Zprev, act=cache["act"]))
    return grads


def predict(X, params, act):
    P, cache = forward(X=X, params=params, act=act)
    N = np.size(P, axis=0)
    yhat = np.zeros(shape=N, dtype=int)
    for n in range(1, N + 1):
        yhat[n - 1] = np.argmax(P[n - 1, :])
    return yhat


def confusion_matrix(y, yhat, K):
    # accumarray([y yhat], 1, [K K])
    M = np.zeros(shape=(K, K))
    for k in range(1, K + 1):
        for j in range(1, K + 1):
            M[k - 1, j - 1] = np.sum(np.logical_and(y == k - 1, yhat == j - 1))
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N, D = np.shape(X)
    C = int(np.max(np.concatenate((y, yv)))) + 1
    hidden = np.atleast_1d(hidden)
    sizes = np.concatenate(([D], hidden, [C]))
    L = np.size(sizes) - 1
    T = np.zeros(shape=(N, C))
    for n in range(1, N + 1):
        T[n - 1, y[n - 1]] = 1
    params = {}
    V = {}
    for l in range(1, L + 1):
        nin, nout = sizes[l - 1], sizes[l]
        if act == "relu":
            s = np.sqrt(2 / nin)
        else:
            s = np.sqrt(2 / (nin + nout))
        params["W" + str(l)] = s * rng.standard_normal(size=(nin, nout))
        params["b" + str(l)] = np.zeros(shape=(1, nout))
        V["W" + str(l)] = np.zeros(shape=(nin, nout))
        V["b" + str(l)] = np.zeros(shape=(1, nout))
    nbatches = int(np.ceil(N / batch_size))
    for epoch in range(1, epochs + 1):
        p = rng.permutation(N)
        for k in range(1, nbatches + 1):
            first = (k - 1) * batch_size + 1
            last = min(k * batch_size, N)
            idx = p[first - 1 : last]
            P, cache = forward(X=X[idx, :], params=params, act=act)
            g = backward(cache=cache, T=T[idx, :])
            for l in range(1, L + 1):
                for name in ("W" + str(l), "b" + str(l)):
                    V[name] = momentum * V[name] + lr * g[name]
                    params[name] = params[name] - V[name]
    return params


def tdnn1d(x, w, b):
    N, D, Lt = np.shape(x)
    H, _, W = np.shape(w)
    V = Lt - W + 1
    out = np.zeros(shape=(N, H, V))
    for t in range(1, V + 1):
        window = np.reshape(x[:, :, t - 1 : t - 1 + W], (N, D * W))
        out[:, :, t - 1] = np.dot(window, np.reshape(w, (H, D * W)).T) + np.reshape(b, (1, H))
    return out


def tdnn1d_backward(dout, x, w):
    N, D, Lt = np.shape(x)
    H, _, W = np.shape(w)
    V = np.size(dout, axis=2)
    dx = np.zeros(shape=(N, D, Lt))
    dw = np.zeros(shape=(H, D, W))
    db = np.zeros(shape=H)
    wmat = np.reshape(w, (H, D * W))
    for t in range(1, V + 1):
        d = dout[:, :, t - 1]  # N x H
        window = np.reshape(x[:, :, t - 1 : t - 1 + W], (N, D * W))
        dx[:, :, t - 1 : t - 1 + W] = dx[:, :, t - 1 : t - 1 + W] + np.reshape(np.dot(d, wmat), (N, D, W))
        dw = dw + np.reshape(np.dot(d.T, window), (H, D, W))
        db = db + np.sum(d, axis=0)
    return dx, dw, db
