import numpy as np


def softmax_rows(S, P, m):
    """P[0:m] = softmax of the rows S[0:m]."""
    C = S.shape[1]
    for r in range(m):
        P[r, :] = np.exp(S[r, :] - S[r, :].max())
        P[r, :] *= 1.0 / P[r, :].sum()
    return C


def softmax_loss(Z, y):
    N = Z.shape[0]
    C = Z.shape[1]
    flat = Z.reshape(N * C)
    place = np.empty(N, dtype=np.int64)
    for n in range(N):
        place[n] = n * C + int(y[n])
    total = 0.0
    for n in range(N):
        top = Z[n, :].max()
        total += np.log(np.exp(Z[n, :] - top).sum()) + top
        total -= flat[place[n]]
    return total / N


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    D = X.shape[1]
    C = theta.shape[1]
    B = min(batch, N)
    S = np.zeros((B, C))
    P = np.zeros((B, C))
    G = np.zeros((D, C))
    for first in range(0, N, batch):
        last = min(first + batch, N)
        m = last - first
        x = X[first:last, :]
        S[0:m, :] = np.dot(x, theta)
        softmax_rows(S, P, m)
        for r in range(m):
            P[r, y[first + r]] -= 1.0
        G[:, :] = 0.0
        for r in range(m):
            G += np.outer(x[r, :], P[r, :])
        theta -= (lr / m) * G


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    D = X.shape[1]
    H = W1.shape[1]
    C = W2.shape[1]
    B = min(batch, N)
    A = np.zeros((B, H))
    S = np.zeros((B, C))
    P = np.zeros((B, C))
    back = np.zeros((B, H))
    G1 = np.zeros((D, H))
    G2 = np.zeros((H, C))
    W2T = np.zeros((C, H))
    for first in range(0, N, batch):
        last = min(first + batch, N)
        m = last - first
        x = X[first:last, :]

        # forward
        A[0:m, :] = np.dot(x, W1)
        A[A < 0.0] = 0.0
        S[0:m, :] = np.dot(A[0:m, :], W2)
        softmax_rows(S, P, m)

        # backward
        for r in range(m):
            P[r, y[first + r]] -= 1.0
        W2T[:, :] = W2.T
        back[0:m, :] = np.dot(P[0:m, :], W2T)
        for h in range(H):
            back[0:m, h] *= A[0:m, h] > 0.0
        G1[:, :] = np.dot(x.T, back[0:m, :]) / m
        G2[:, :] = np.dot(A[0:m, :].T, P[0:m, :]) / m

        # step
        W1 -= lr * G1
        W2 -= lr * G2
