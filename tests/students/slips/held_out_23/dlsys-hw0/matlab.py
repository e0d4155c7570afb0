"""hw0, ported from my MATLAB notes: examples become COLUMNS inside, and go back at the end."""
import numpy as np


def colsoftmax(S):
    # S is C x m, one example per column
    C = S.shape[0]
    m = S.shape[1]
    top = np.amax(S, axis=0).reshape(1, m)
    E = np.exp(S - np.ones((C, 1)) @ top)
    tot = np.ones((1, C)) @ E
    return E / (np.ones((C, 1)) @ tot)


def indicator(y, C):
    # C x m, Y(y(j), j) = 1
    rows = np.arange(C).reshape(C, 1)
    return np.double(rows == y.reshape(1, y.size))


def softmax_loss(Z, y):
    S = Z.T                                   # C x N
    C = S.shape[0]
    N = S.shape[1]
    top = np.amax(S, axis=0).reshape(1, N)
    S = S - np.repeat(top, C, axis=0)
    logsum = np.log(np.sum(np.exp(S), axis=0))
    Y = indicator(y, C)
    right = np.sum(Y * S, axis=0)
    J = np.sum(logsum - right) / N
    return J


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    Xt = X.T                                  # D x N
    N = Xt.shape[1]
    C = theta.shape[1]
    first = 0
    while first < N:
        last = min(first + batch, N)
        m = last - first
        x = Xt[:, first:last]
        Y = indicator(y[first:last], C)
        H = colsoftmax(theta.T @ x)           # C x m
        G = x @ (H - Y).T                     # D x C
        theta[:, :] = theta - (lr / m) * G
        first = last


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    Xt = X.T
    N = Xt.shape[1]
    C = W2.shape[1]
    nsteps = int(np.ceil(N / batch))
    for s in range(nsteps):
        cols = slice(s * batch, min((s + 1) * batch, N))
        x = Xt[:, cols]
        m = x.shape[1]
        Y = indicator(y[cols], C)
        # forward
        Z1 = W1.T @ x                         # H x m
        A1 = Z1 * (Z1 > 0)
        P = colsoftmax(W2.T @ A1)             # C x m
        # backward
        D2 = P - Y
        D1 = (W2 @ D2) * (A1 > 0)             # H x m
        G1 = (1 / m) * (x @ D1.T)
        G2 = (1 / m) * (A1 @ D2.T)
        W1[:, :] = W1 - lr * G1
        W2[:, :] = W2 - lr * G2
