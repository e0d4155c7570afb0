"""Style: np.subtract into theta; a last batch divided by batch."""
import numpy as np


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for start in np.arange(0, len(X), batch):
        x, t = X[start : start + batch], y[start : start + batch]
        p = np.exp(np.matmul(x, theta))
        p = p / np.sum(p, axis=1)[:, np.newaxis]
        T = np.zeros_like(p)
        T[np.arange(T.shape[0]), t] = 1
        np.subtract(theta, lr / batch * (x.T @ (p - T)), out=theta)
