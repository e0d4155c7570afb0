"""HW2 part 2, from my softmax_classifier.m: examples are columns inside, everything is turned back at the end."""

import numpy as np


def softmax_classifier(W, input, label, lamda):
    X = np.transpose(input)  # D x N
    T = np.transpose(label)  # C x N
    D, N = np.shape(X)
    C = np.size(T, axis=0)

    S = np.dot(W.T, X)  # C x N
    Z = np.zeros(shape=(C, N))
    logZ = np.zeros(shape=(C, N))
    prediction = np.zeros(shape=(N,), dtype=int)
    for n in range(1, N + 1):
        s = S[:, n - 1]
        s = s - np.max(s)
        e = np.exp(s)
        total = np.sum(e)
        Z[:, n - 1] = e / total
        logZ[:, n - 1] = s - np.log(total)
        prediction[n - 1] = np.argmax(Z[:, n - 1])

    E = 0
    for n in range(1, N + 1):
        for k in range(1, C + 1):
            E = E - T[k - 1, n - 1] * logZ[k - 1, n - 1]
    w = np.ravel(W, order="F")  # W(:)
    R = lamda / 2 * np.dot(w.T, w)
    loss = E / N + R

    G = np.zeros(shape=(D, C))
    for n in range(1, N + 1):
        xn = np.reshape(X[:, n - 1], (D, 1))
        dn = np.reshape(Z[:, n - 1] - T[:, n - 1], (C, 1))
        G = G + np.dot(xn, dn.T)
    gradient = G / N + lamda * W

    return loss, gradient, prediction
