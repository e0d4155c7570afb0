import numpy as np

# Notation of the handout: x inputs, t one-hot labels, z softmax outputs, a hidden outputs, B size of the batch.


def one_hot(y, C):
    return np.eye(C)[y]


def softmax(u):
    z = np.zeros_like(u)
    for n in range(u.shape[0]):
        e = np.exp(u[n, :] - np.max(u[n, :]))
        z[n, :] = e / np.sum(e)
    return z


def relu(u):
    return np.where(u > 0, u, 0.0)


def relu_prime(a):
    return np.where(a > 0, 1.0, 0.0)


def softmax_loss(Z, y):
    N, C = Z.shape
    loss = 0.0
    for n in range(N):
        c = np.max(Z[n])
        sum_k = 0.0
        for k in range(C):
            sum_k += np.exp(Z[n, k] - c)
        loss += np.log(sum_k) + c - Z[n, y[n]]
    return loss / N


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    T = one_hot(y, theta.shape[1])
    for n in range(0, N, batch):
        x = X[n:n + batch]
        t = T[n:n + batch]
        B = x.shape[0]
        z = softmax(np.dot(x, theta))
        step = lr / B * np.dot(x.T, z - t)
        np.subtract(theta, step, out=theta)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    T = one_hot(y, W2.shape[1])
    for n in range(0, N, batch):
        x = X[n:n + batch]
        t = T[n:n + batch]
        B = x.shape[0]

        # forward
        a = relu(np.dot(x, W1))
        z = softmax(np.dot(a, W2))

        # backward
        g2 = z - t
        g1 = relu_prime(a) * np.dot(g2, W2.T)

        dW1 = np.dot(x.T, g1) / B
        dW2 = np.dot(a.T, g2) / B

        W1 += -lr * dW1
        W2 += -lr * dW2
