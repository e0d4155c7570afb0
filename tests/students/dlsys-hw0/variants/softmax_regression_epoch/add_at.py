"""Style: np.add.at collects the gradient, example by example; the last batch is a slice object."""
import numpy as np


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for s in map(lambda i: slice(i, i + batch), range(0, X.shape[0], batch)):
        x, label = X[s], y[s]
        z = np.einsum("nd,dc->nc", x, theta)
        p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
        g = np.einsum("nd,nc->cd", x, p)
        np.add.at(g, np.asarray(label, dtype=int), -x)
        np.multiply(g, lr / len(x), out=g)
        np.subtract(theta, g.T, out=theta)
