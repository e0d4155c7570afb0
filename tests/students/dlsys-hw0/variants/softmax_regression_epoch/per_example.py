"""Style: One example after another inside a batch."""
import numpy as np


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    begin = 0
    while begin < X.shape[0]:
        end = min(begin + batch, X.shape[0])
        grad = np.zeros(theta.shape)
        for i in range(begin, end):
            s = X[i] @ theta
            p = np.exp(s - s.max())
            p /= p.sum()
            p[y[i]] -= 1
            grad += np.outer(X[i], p)
        theta += -lr * grad / (end - begin)
        begin = end
