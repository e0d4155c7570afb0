import numpy as np

ax = dict(axis=1, keepdims=True)


def soft(Z):
    E = Z - np.maximum.reduce(Z, **ax)
    np.exp(E, out=E)
    return np.divide(E, np.add.reduce(E, **ax), out=E)


def err(Z, y):  # softmax - one-hot, averaged
    np.add.at(P := soft(Z), (range(n := len(y)), y), -1)
    return P / n


def cuts(n, b):
    return [slice(i, i + b) for i in range(0, n, b)]


def softmax_loss(Z, y):
    return np.mean(np.logaddexp.reduce(Z, axis=1) - Z[range(len(y)), y])


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for s in cuts(len(y), batch):
        theta -= lr * ((x := X[s]).T @ err(x @ theta, y[s]))


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for s in cuts(len(y), batch):
        a = np.clip((x := X[s]) @ W1, 0, None)
        d = err(a @ W2, y[s])
        g = np.where(a, d @ W2.T, 0)
        for W, G in zip((W1, W2), (x.T @ g, a.T @ d)):
            W -= lr * G
