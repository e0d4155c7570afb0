# Notation of the lecture: x_n is a column, z = softmax(theta' x), t the one-hot label.
import numpy as np


def S(u):
    """The softmax of one vector."""
    e = np.exp(u - np.max(u))
    return e / e.sum()


def unit_vector(c, C):
    """e_c, the c-th unit vector of R^C."""
    e = np.zeros(C)
    e[c] = 1
    return e


def H(u):
    """Heaviside's function, the derivative of the ReLU."""
    return np.heaviside(u, 0.0)


def softmax_loss(Z, y):
    N, C = Z.shape
    loss = 0.0
    for n in range(N):
        t = unit_vector(y[n], C)
        c = np.max(Z[n])
        log_partition = c + np.log(np.sum(np.exp(Z[n] - c)))
        loss += log_partition - t @ Z[n]
    return loss / N


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    C = theta.shape[1]
    for first in range(0, N, batch):
        last = min(first + batch, N)
        gradient = np.zeros(theta.shape)
        for n in range(first, last):
            z = S(theta.T @ X[n])
            t = unit_vector(y[n], C)
            dl_du = z - t
            # dl/dtheta = x (dl/du)'
            gradient += np.outer(X[n], dl_du)
        theta -= lr / (last - first) * gradient


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    C = W2.shape[1]
    for first in range(0, N, batch):
        last = min(first + batch, N)
        size = last - first
        D1 = np.zeros(W1.shape)
        D2 = np.zeros(W2.shape)
        for n in range(first, last):
            x = X[n]
            u = W1.T @ x
            a = np.maximum(u, 0)
            z = S(W2.T @ a)
            label = unit_vector(y[n], C)
            # chain rule: dl/dv = z - t, dl/da = W2 dl/dv, dl/du = H(u) * dl/da
            dl_dv = z - label
            dl_da = W2 @ dl_dv
            dl_du = H(u) * dl_da
            D2 += np.outer(a, dl_dv)
            D1 += np.outer(x, dl_du)
        W1 -= (lr / size) * D1
        W2 -= (lr / size) * D2
