import numpy as np


def column_softmax(Z):
    # slide 12: sigma(z)_k = e^{z_k} / sum_l e^{z_l}, one column per example
    S = Z - np.max(Z, axis=0, keepdims=True)
    E = np.exp(S)
    return E / np.sum(E, axis=0, keepdims=True)


def indicator(y, k):
    # slide 9: Y is k x m, a 1 in row y^(i) of column i
    m = y.shape[0]
    Y = np.zeros((k, m))
    Y[y.astype(np.int64), np.arange(m)] = 1.0
    return Y


def softmax_loss(Z, y):
    Zt = Z.T
    k, m = Zt.shape
    Y = indicator(y, k)
    M = np.max(Zt, axis=0, keepdims=True)
    # slide 14: l(z, y) = -z_y + log sum_j exp z_j
    logsum = M + np.log(np.sum(np.exp(Zt - M), axis=0, keepdims=True))
    zy = np.sum(Y * Zt, axis=0, keepdims=True)
    ell = logsum - zy
    # slide 15: average over the m examples
    J = np.sum(ell) / m
    return float(J)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n = X.shape[0]
    k = theta.shape[1]
    i = 0
    while i < n:
        Xb = X[i:i + batch].T
        Y = indicator(y[i:i + batch], k)
        m = Xb.shape[1]
        Z = theta.T @ Xb  # slide 20
        A = column_softmax(Z)  # slide 20
        dZ = A - Y  # slide 21
        dTheta = (1 / m) * Xb @ dZ.T  # slide 22
        theta -= lr * dTheta  # slide 23
        i += batch


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n = X.shape[0]
    k = W2.shape[1]
    i = 0
    while i < n:
        A0 = X[i:i + batch].T
        Y = indicator(y[i:i + batch], k)
        m = A0.shape[1]
        # forward, slide 31
        Z1 = W1.T @ A0
        A1 = np.maximum(Z1, 0)
        Z2 = W2.T @ A1
        A2 = column_softmax(Z2)
        # backward, slides 33 to 36
        dZ2 = A2 - Y
        dW2 = (1 / m) * A1 @ dZ2.T
        dA1 = W2 @ dZ2
        dZ1 = dA1 * (Z1 > 0)
        dW1 = (1 / m) * A0 @ dZ1.T
        # slide 37
        W1 -= lr * dW1
        W2 -= lr * dW2
        i += batch
