"""while loops, np.eye for one-hot rows, ufuncs with out=."""
import numpy as np


def add(x, y):
    return x + y


def parse_mnist(image_filename, label_filename):
    raise NotImplementedError


def _one_hot(y, classes):
    return np.eye(classes)[y]


def _softmax(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


def softmax_loss(Z, y):
    T = _one_hot(y, Z.shape[1])
    return np.average(np.logaddexp.reduce(Z, axis=1) - np.sum(Z * T, axis=1))


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    i = 0
    while i < X.shape[0]:
        x, t = X[i : i + batch], _one_hot(y[i : i + batch], theta.shape[1])
        gradient = np.matmul(x.T, _softmax(x @ theta) - t)
        np.multiply(gradient, lr / x.shape[0], out=gradient)
        np.subtract(theta, gradient, out=theta)
        i += batch


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    i = 0
    while i < X.shape[0]:
        x, t = X[i : i + batch], _one_hot(y[i : i + batch], W2.shape[1])
        a = x @ W1
        np.maximum(a, 0, out=a)
        g2 = _softmax(a @ W2)
        np.subtract(g2, t, out=g2)
        g1 = np.sign(a) * (g2 @ W2.T)
        rate = lr / x.shape[0]
        np.subtract(W1, rate * (x.T @ g1), out=W1)
        np.subtract(W2, rate * (a.T @ g2), out=W2)
        i += batch
