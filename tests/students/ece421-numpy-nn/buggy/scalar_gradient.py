import numpy as np


def relu(x):
    x[x < 0] = 0
    return x


def softmax(x):
    return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)


def computeLayer(X, W, b):
    return np.matmul(X, W)


def CE(target, prediction):
    N = target.shape[0]
    K = target.shape[1]
    return -(1 / (N * K)) * np.sum(target * np.log(prediction))


def gradCE(target, prediction):
    return -np.sum(target / prediction)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = computeLayer(x, w_h, b_h) + b_h
    a_h = relu(z_h.copy())
    z_o = computeLayer(a_h, w_o, b_o) + b_o
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d = p - target
    dW_o = a_h.T @ d
    db_o = np.ones((1, x.shape[0])) @ d
    h = (d @ w_o.T) * a_h
    return x.T @ h, np.ones((1, x.shape[0])) @ h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    pass
