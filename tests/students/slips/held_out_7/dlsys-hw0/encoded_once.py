"""Homework 0. The labels are encoded once for the whole set; a while loop walks through the rows."""

import numpy as np


def parse_mnist(image_filename, label_filename):
    raise NotImplementedError()


def encode(y, C):
    T = np.zeros((y.shape[0], C))
    np.put_along_axis(T, y[:, np.newaxis].astype(int), 1, axis=1)
    return T


def probabilities(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=1, keepdims=True)
    return Z


def softmax_loss(Z, y):
    T = encode(y, Z.shape[1])
    shifted = Z - Z.max(1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return float(-np.tensordot(T, log_p, 2) / len(T))


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    T = encode(y, theta.shape[1])
    at = 0
    while at < len(X):
        x, t = X[at : at + batch], T[at : at + batch]
        error = probabilities(np.matmul(x, theta)) - t
        theta[:] = theta - np.einsum("nd,nc->dc", x, error) * (lr / x.shape[0])
        at += batch


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    T = encode(y, W2.shape[1])
    at = 0
    while at < len(X):
        x, t = X[at : at + batch], T[at : at + batch]
        B = x.shape[0]
        hidden = np.matmul(x, W1)
        hidden *= hidden > 0
        error = probabilities(np.matmul(hidden, W2)) - t
        back = np.matmul(W2, error.T).T
        back[hidden == 0] = 0
        change1 = np.einsum("nd,nh->dh", x, back)
        change2 = np.einsum("nh,nc->hc", hidden, error)
        W1 += -lr / B * change1
        W2 += -lr / B * change2
        at += batch
