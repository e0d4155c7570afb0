import numpy as np

# frames of samples in, one-hot targets, LMS style weight updates.


def frames(N, L):
    """Frame edges 0, L, 2L, ..., N"""
    return np.unique(np.r_[np.arange(0, N, L), N])


def onehot(labels, C):
    return np.eye(C)[np.asarray(labels, dtype=int)]


def soft(v):
    g = np.exp(v - np.max(v))
    return g / np.sum(g)


def lse(v):
    m = np.max(v)
    return m + np.log(np.sum(np.exp(v - m)))


def softmax_loss(Z, y):
    C = Z.shape[1]
    energy = np.apply_along_axis(lse, 1, Z)
    picked = np.sum(onehot(y, C) * Z, axis=1)
    return np.cumsum(energy - picked)[-1] / len(Z)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    edges = frames(len(X), batch)
    for lo, hi in np.c_[edges[:-1], edges[1:]]:
        x = X[lo:hi]
        d = onehot(y[lo:hi], theta.shape[1])
        err = np.apply_along_axis(soft, 1, x @ theta) - d
        corr = np.zeros(theta.shape)
        for u, e in zip(x, err):
            corr += np.outer(u, e)
        theta[:] = theta - lr / (hi - lo) * corr


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    edges = frames(len(X), batch)
    for lo, hi in np.c_[edges[:-1], edges[1:]]:
        x = X[lo:hi]
        d = onehot(y[lo:hi], W2.shape[1])
        pre = x @ W1
        gate = (pre > 0) * 1.0  # half-wave rectifier
        act = pre * gate
        e2 = np.apply_along_axis(soft, 1, act @ W2) - d
        e1 = gate * np.inner(e2, W2)
        mu = lr / (hi - lo)
        R2 = np.einsum("nh,nc->hc", act, e2)
        R1 = np.einsum("nd,nh->dh", x, e1)
        W2[:] = W2 - mu * R2
        W1[:] = W1 - mu * R1
