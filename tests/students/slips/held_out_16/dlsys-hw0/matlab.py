"""Homework 0. In MATLAB I would write batches as columns, so Z, X and the weights are turned first and turned back last."""

import numpy as np


def colwise_softmax(S):
    P = np.zeros(shape=S.shape)
    for j in range(0, S.shape[1]):
        s = S[:, j] - np.max(S[:, j])
        P[:, j] = np.exp(s) / np.sum(np.exp(s))
    return P


def indicator(labels, C):
    # full(sparse(y, 1:N, 1)): one column per example
    N = len(labels)
    T = np.zeros(shape=(C, N))
    for j in range(0, N):
        T[int(labels[j]), j] = 1
    return T


def softmax_loss(Z, y):
    S = Z.T
    N = S.shape[1]
    total = 0.0
    for j in range(0, N):
        m = np.max(S[:, j])
        total = total + m + np.log(np.sum(np.exp(S[:, j] - m))) - S[y[j], j]
    return total / N


def batch_limits(N, batch):
    """first and last (one based, inclusive) of each batch, as the columns of a 2 x K matrix"""
    K = int(np.ceil(N / batch))
    limits = np.zeros(shape=(2, K), dtype=int)
    for k in range(1, K + 1):
        limits[0, k - 1] = (k - 1) * batch + 1
        limits[1, k - 1] = min(k * batch, N)
    return limits


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    C = theta.shape[1]
    limits = batch_limits(N=N, batch=batch)
    for k in range(0, limits.shape[1]):
        i1 = limits[0, k] - 1
        i2 = limits[1, k]
        Xt = X[i1:i2, :].T
        B = Xt.shape[1]
        P = colwise_softmax(S=theta.T @ Xt)
        T = indicator(labels=y[i1:i2], C=C)
        G = (P - T) @ Xt.T / B
        theta[:, :] = theta - lr * G.T


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    H = W1.shape[1]
    C = W2.shape[1]
    limits = batch_limits(N=N, batch=batch)
    for k in range(0, limits.shape[1]):
        i1 = limits[0, k] - 1
        i2 = limits[1, k]
        Xt = X[i1:i2, :].T
        B = Xt.shape[1]
        Z1 = W1.T @ Xt
        A = np.zeros(shape=(H, B))
        A[Z1 > 0] = Z1[Z1 > 0]
        G2 = colwise_softmax(S=W2.T @ A) - indicator(labels=y[i1:i2], C=C)
        G1 = W2 @ G2
        G1[A == 0] = 0
        dW1 = np.zeros(shape=W1.shape)
        dW2 = np.zeros(shape=W2.shape)
        for h in range(0, H):
            dW1[:, h] = Xt @ G1[h, :].T / B
        for c in range(0, C):
            dW2[:, c] = A @ G2[c, :].T / B
        W1[:, :] = W1 - lr * dW1
        W2[:, :] = W2 - lr * dW2
