"""hw0 -- my solution. Checked with numdifftools in the notebook (not here)."""
import numpy as np

EPS = 1e-9


def normalize(Z):
    Z = np.array(Z, dtype=np.float64)        # own copy
    Z -= Z.max(axis=-1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=-1, keepdims=True)
    return Z


def softmax_loss(Z, y):
    P = normalize(Z)
    return -np.mean(np.log(P[np.arange(y.size), y] + EPS))


def minus_label(P, y):
    """P - I_y, on P itself (it is ours)"""
    np.subtract.at(P, (np.arange(y.shape[0]), y), 1)
    return P


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    steps = int(np.ceil(X.shape[0] / batch))
    for s in range(steps):
        pick = slice(s * batch, (s + 1) * batch)
        G = minus_label(normalize(X[pick] @ theta), y[pick])
        G *= lr / len(G)
        theta -= X[pick].T @ G


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    steps = int(np.ceil(X.shape[0] / batch))
    for s in range(steps):
        pick = slice(s * batch, (s + 1) * batch)
        A = X[pick] @ W1
        A[A < 0] = 0
        G2 = minus_label(normalize(A @ W2), y[pick])
        G2 *= lr / len(G2)
        G1 = G2 @ W2.T
        G1[A == 0] = 0
        W2 -= A.T @ G2
        W1 -= X[pick].T @ G1
