"""Style: Identity rows as labels; the last batch by slicing."""
import numpy as np


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for i in range(0, X.shape[0], batch):
        xb, yb = X[i : i + batch], y[i : i + batch]
        z = np.exp(xb @ theta)
        z /= z.sum(axis=1, keepdims=True)
        g = xb.T @ (z - np.eye(theta.shape[1])[yb]) / xb.shape[0]
        theta -= lr * g
