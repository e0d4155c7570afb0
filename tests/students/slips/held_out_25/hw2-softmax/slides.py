# Softmax regression as on the slides of lecture 3. The slides have one example per COLUMN.
import numpy as np


def softmax_columns(Z):
    # slide 12: a_k = exp(z_k) / sum_j exp(z_j); slide 14: subtract the max first
    M = np.max(Z, axis=0, keepdims=True)
    E = np.exp(Z - M)
    S = np.sum(E, axis=0, keepdims=True)
    return E / S


def softmax_classifier(W, input, label, lamda):
    # slide 9: from rows to columns
    X = input.T           # (D, N)
    Y = label.T           # (C, N)
    m = X.shape[1]

    # slide 10: Z = W^T X
    Z = np.dot(W.T, X)    # (C, N)

    # slide 12: A = softmax(Z)
    A = softmax_columns(Z)

    # slide 16: L(a, y) = - sum_k y_k log a_k
    L = -np.sum(Y * np.log(np.clip(A, 1e-15, None)), axis=0, keepdims=True)   # (1, N)

    # slide 17: J = 1/m sum_i L(i) + lambda/2 ||W||^2
    J = np.sum(L) / m
    J = J + 0.5 * lamda * np.linalg.norm(W) ** 2

    # slide 21: dZ = A - Y
    dZ = A - Y            # (C, N)

    # slide 22: dW^T = 1/m dZ X^T
    dWT = (1.0 / m) * np.dot(dZ, X.T)   # (C, D)

    # slide 23: weight decay
    dWT = dWT + lamda * W.T

    # slide 25: y_hat = argmax_k a_k
    y_hat = np.argmax(A, axis=0)

    # back to rows
    gradient = dWT.T
    return J, gradient, y_hat
