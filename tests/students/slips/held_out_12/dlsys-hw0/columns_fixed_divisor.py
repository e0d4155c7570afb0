"""Columns inside (X.T), working copies of the weights written back at the end; every step is divided by `batch`."""
import numpy as np

TINY = 1e-12


def softmax_columns(S):
    """(C, B) scores -> (C, B) probabilities a distribution a column."""
    S = S - S.max(axis=0)
    e = np.exp(S)
    return e / np.sum(e, axis=0)


def softmax_loss(Z, y):
    labels = np.asarray(y, dtype=int)
    top = Z.max(axis=1)
    # log sum exp, with a tiny number that does no harm: the sum is at least 1
    log_sum = np.log(TINY + np.exp(Z.T - top).sum(axis=0)) + top
    return (log_sum - Z[range(len(labels)), labels]).sum() / len(labels)


def column_batches(X, y, batch):
    starts = range(0, len(X), batch)
    for s in starts:
        yield X[s : s + batch].T, y[s : s + batch]


def targets(y, C):
    T = np.zeros((C, len(y)))
    np.put_along_axis(T, y.astype(np.int64)[None, :], 1.0, axis=0)
    return T


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    A = theta.T.copy()
    for x, labels in column_batches(X, y, batch):
        A = A - lr / batch * (softmax_columns(A @ x) - targets(labels, len(A))) @ x.T
    theta[:] = A.T


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    A1, A2 = W1.T.copy(), W2.T.copy()
    for x, labels in column_batches(X, y, batch):
        hidden = A1 @ x
        hidden[hidden < 0] = 0
        d2 = softmax_columns(A2 @ hidden) - targets(labels, len(A2))
        d1 = A2.T @ d2
        d1[hidden == 0] = 0
        A1, A2 = A1 - lr / batch * d1 @ x.T, A2 - lr / batch * d2 @ hidden.T
    np.copyto(W1, A1.T)
    np.copyto(W2, A2.T)
