import numpy as np
from math import ceil


def softmax_columns(S):
    # S is C x m, every column is one sample
    A = np.zeros(S.shape)
    for j in range(S.shape[1]):
        col = S[:, j]
        ex = np.exp(col - max(col))
        A[:, j] = ex / sum(ex)
    return A


def target_matrix(y, C):
    m = len(y)
    T = np.zeros((C, m))
    for j in range(m):
        T[y[j], j] = 1
    return T


def softmax_loss(Z, y):
    m = Z.shape[0]
    J = 0
    for i in range(m):
        row = Z[i, :]
        top = row[0]
        for k in range(1, len(row)):
            if row[k] > top:
                top = row[k]
        total = 0
        for k in range(len(row)):
            total = total + np.exp(row[k] - top)
        J = J + np.log(total) + top - row[y[i]]
    J = J / m
    return J


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    m = X.shape[0]
    C = theta.shape[1]
    num_batches = ceil(m / batch)
    for b in range(num_batches):
        first = b * batch
        last = min(first + batch, m)
        a1 = X[first:last, :].T                    # D x B
        T = target_matrix(y[first:last], C)        # C x B
        B = last - first
        a2 = softmax_columns(theta.T.dot(a1))      # C x B
        delta2 = a2 - T
        Theta_grad = delta2.dot(a1.T) / B          # C x D
        theta[:, :] = theta - lr * Theta_grad.T


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    m = X.shape[0]
    C = W2.shape[1]
    num_batches = ceil(m / batch)
    for b in range(num_batches):
        first = b * batch
        last = min(first + batch, m)
        B = last - first
        Theta1 = W1.T                              # H x D
        Theta2 = W2.T                              # C x H
        a1 = X[first:last, :].T                    # D x B
        T = target_matrix(y[first:last], C)

        # forward
        z2 = Theta1.dot(a1)                        # H x B
        a2 = np.zeros(z2.shape)
        for i in range(z2.shape[0]):
            for j in range(B):
                if z2[i, j] > 0:
                    a2[i, j] = z2[i, j]
        a3 = softmax_columns(Theta2.dot(a2))       # C x B

        # backward
        delta3 = a3 - T                            # C x B
        delta2 = Theta2.T.dot(delta3)              # H x B
        for i in range(z2.shape[0]):
            for j in range(B):
                if z2[i, j] <= 0:
                    delta2[i, j] = 0
        Theta2_grad = delta3.dot(a2.T) / B
        Theta1_grad = delta2.dot(a1.T) / B

        # W1 and W2 have to change themselves, so (:,:) on the left
        W1[:, :] = W1 - lr * Theta1_grad.T
        W2[:, :] = W2 - lr * Theta2_grad.T
