# MATLAB habits: samples are COLUMNS inside, Theta{l} = [b W'], a{1}, a{2}, ... and delta{L}, counting from 1.
import numpy as np


def pack(params):
    # cell array of Thetas, Theta[1] .. Theta[L]; Theta[0] is not used
    L = len(params) // 2
    Theta = [None]
    for l in range(1, L + 1):
        b = np.reshape(params["b%d" % l], (-1, 1))
        Theta.append(np.hstack((b, params["W%d" % l].T)))
    return Theta


def unpack(Theta):
    params = {}
    for l in range(1, len(Theta)):
        params["W%d" % l] = Theta[l][:, 1:].T.copy()
        params["b%d" % l] = Theta[l][:, 0:1].T.copy()
    return params


def with_ones(A):
    return np.vstack((np.ones((1, A.shape[1])), A))


def g(z, act):
    if act == "relu":
        return z * (z > 0)
    elif act == "tanh":
        return np.tanh(z)
    elif act == "sigmoid":
        a = np.zeros(z.shape)
        p = z >= 0
        a[p] = 1 / (1 + np.exp(-z[p]))
        a[~p] = np.exp(z[~p]) / (1 + np.exp(z[~p]))
        return a


def gprime(z, act):
    # derivative at z, not at a
    if act == "relu":
        return (z > 0) + 0.0
    a = g(z, act)
    if act == "tanh":
        return 1 - a * a
    return a * (1 - a)


def softmax_columns(Z):
    P = np.zeros(Z.shape)
    for i in range(Z.shape[1]):
        e = np.exp(Z[:, i] - np.max(Z[:, i]))
        P[:, i] = e / np.sum(e)
    return P


def feedforward(X, Theta, act):
    L = len(Theta) - 1
    a = [None] * (L + 2)
    z = [None] * (L + 2)
    a[1] = with_ones(X.T)
    for l in range(1, L + 1):
        z[l + 1] = Theta[l] @ a[l]
        if l < L:
            a[l + 1] = with_ones(g(z[l + 1], act))
        else:
            a[l + 1] = softmax_columns(z[l + 1])
    return a, z


def backprop(a, z, Theta, act, Y):
    L = len(Theta) - 1
    m = Y.shape[1]
    grad = [None] * (L + 1)
    delta = a[L + 1] - Y
    for l in range(L, 0, -1):
        grad[l] = delta @ a[l].T / m
        if l > 1:
            back = Theta[l].T @ delta
            delta = back[1:, :] * gprime(z[l], act)
    return grad


def forward(X, params, act):
    Theta = pack(params)
    a, z = feedforward(X, Theta, act)
    cache = {"a": a, "z": z, "Theta": Theta, "act": act}
    return a[-1].T, cache


def backward(cache, T):
    grad = backprop(cache["a"], cache["z"], cache["Theta"], cache["act"], T.T)
    return unpack(grad)


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    m = X.shape[0]
    p = np.zeros((m, 1), dtype=int)
    for i in range(m):
        best = 0
        for k in range(probs.shape[1]):
            if probs[i, k] > probs[i, best]:
                best = k
        p[i, 0] = best
    return p


def confusion_matrix(y, yhat, K):
    C = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            C[i, j] = np.sum((y == i) & (yhat == j))
    return C


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    m, n = X.shape
    K = int(np.max(np.concatenate((y, yv)))) + 1
    Y = np.zeros((K, m))
    for i in range(m):
        Y[y[i], i] = 1
    s = np.concatenate(([n], np.atleast_1d(hidden), [K])).astype(int)
    Theta = [None]
    V = [None]
    for l in range(len(s) - 1):
        if act == "relu":
            sigma = np.sqrt(2 / s[l])
        else:
            sigma = np.sqrt(2 / (s[l] + s[l + 1]))
        Theta.append(np.hstack((np.zeros((s[l + 1], 1)), sigma * rng.standard_normal((s[l + 1], s[l])))))
        V.append(np.zeros((s[l + 1], s[l] + 1)))
    for epoch in range(1, epochs + 1):
        idx = rng.permutation(m)
        first = 1
        while first <= m:
            last = min(first + batch_size - 1, m)
            sel = idx[first - 1 : last]
            a, z = feedforward(X[sel, :], Theta, act)
            grad = backprop(a, z, Theta, act, Y[:, sel])
            for l in range(1, len(Theta)):
                V[l] = momentum * V[l] + lr * grad[l]
                Theta[l] = Theta[l] - V[l]
            first = last + 1
    return unpack(Theta)
