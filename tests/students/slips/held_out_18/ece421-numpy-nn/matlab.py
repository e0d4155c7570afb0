# Assignment 2, translated from my MATLAB. Inside, every sample is a COLUMN and Theta = [bias, weights].
import numpy as np


def ones(m, n):
    return np.ones((m, n))


def zeros(m, n):
    return np.zeros((m, n))


def size(A, dim):
    return A.shape[dim - 1]


def numel_rows(A):
    return A.shape[0]


def make_Theta(w, b):
    # (H, 1 + D)
    return np.hstack((np.reshape(b, (-1, 1)), w.T))


def split_Theta(Theta):
    # back to w (D, H), b (1, H)
    return Theta[:, 1:].T.copy(), Theta[:, 0].reshape(1, -1).copy()


def relu(x):
    y = zeros(size(x, 1), size(x, 2))
    for i in range(size(x, 1)):
        for j in range(size(x, 2)):
            if x[i, j] > 0:
                y[i, j] = x[i, j]
    return y


def softmax_column(z):
    e = np.exp(z - max(z))
    return e / sum(e)


def softmax(logits):
    P = zeros(size(logits, 2), size(logits, 1))
    Z = logits.T
    for i in range(size(Z, 2)):
        P[:, i] = softmax_column(Z[:, i])
    return P.T


def compute_layer(x, w, b):
    Theta = make_Theta(w, b)
    X1 = np.vstack((ones(1, size(x, 1)), x.T))
    return (Theta @ X1).T


def average_ce(target, prediction):
    m = size(target, 1)
    J = 0
    for i in range(m):
        for k in range(size(target, 2)):
            if target[i, k] != 0:
                J = J - target[i, k] * np.log(prediction[i, k])
    return J / m


def grad_ce(target, logits):
    m = size(target, 1)
    D = zeros(size(logits, 2), m)
    for i in range(m):
        p = softmax_column(logits[i, :].T)
        D[:, i] = (p - target[i, :].T) / m
    return D.T


def forward_prop(x, w_h, b_h, w_o, b_o):
    z2 = compute_layer(x, w_h, b_h)
    a2 = relu(z2)
    z3 = compute_layer(a2, w_o, b_o)
    a3 = softmax(z3)
    return z2, a2, z3, a3


def nnCostGradient(Theta1, Theta2, X, Y):
    # X (D, m), Y (C, m); the accumulators have the shapes of the Thetas
    m = size(X, 2)
    Delta1 = zeros(size(Theta1, 1), size(Theta1, 2))
    Delta2 = zeros(size(Theta2, 1), size(Theta2, 2))
    for i in range(m):
        a1 = np.vstack(([[1]], X[:, i : i + 1]))
        z2 = Theta1 @ a1
        a2 = np.vstack(([[1]], relu(z2)))
        z3 = Theta2 @ a2
        a3 = softmax(z3.T).T
        delta3 = a3 - Y[:, i : i + 1]
        delta2 = Theta2.T @ delta3
        delta2 = delta2[1:] * (z2 > 0)
        Delta2 = Delta2 + delta3 @ a2.T
        Delta1 = Delta1 + delta2 @ a1.T
    Theta1_grad = Delta1 / m
    Theta2_grad = Delta2 / m
    return Theta1_grad, Theta2_grad


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    Theta1 = make_Theta(w_h, b_h)
    Theta2 = make_Theta(w_o, b_o)
    Theta1_grad, Theta2_grad = nnCostGradient(Theta1, Theta2, x.T, target.T)
    dw_h, db_h = split_Theta(Theta1_grad)
    dw_o, db_o = split_Theta(Theta2_grad)
    return dw_h, db_h, dw_o, db_o


def batchGradient(Theta1, Theta2, X, Y):
    # the loop above is too slow for 1197 digits x 200 epochs, so here the whole matrix at once
    m = size(X, 2)
    A1 = np.vstack((ones(1, m), X))
    Z2 = Theta1 @ A1
    A2 = np.vstack((ones(1, m), np.maximum(Z2, 0)))
    Z3 = Theta2 @ A2
    E3 = np.exp(Z3 - Z3.max(axis=0))
    D3 = E3 / E3.sum(axis=0) - Y
    D2 = Theta2[:, 1:].T @ D3 * (Z2 > 0)
    return D2 @ A1.T / m, D3 @ A2.T / m


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    X, Y = x.T, t.T
    n, K = size(X, 1), size(Y, 1)
    Theta1 = np.hstack((zeros(hidden, 1), np.sqrt(2 / (n + hidden)) * rng.standard_normal((hidden, n))))
    Theta2 = np.hstack((zeros(K, 1), np.sqrt(2 / (hidden + K)) * rng.standard_normal((K, hidden))))
    V1 = zeros(hidden, n + 1)
    V2 = zeros(K, hidden + 1)
    it = 1
    while it <= epochs:
        Theta1_grad, Theta2_grad = batchGradient(Theta1, Theta2, X, Y)
        V1 = gamma * V1 + lr * Theta1_grad
        V2 = gamma * V2 + lr * Theta2_grad
        Theta1 = Theta1 - V1
        Theta2 = Theta2 - V2
        it = it + 1
    w_h, b_h = split_Theta(Theta1)
    w_o, b_o = split_Theta(Theta2)
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
