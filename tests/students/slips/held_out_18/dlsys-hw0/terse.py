import numpy as np

lse = lambda Z: (m := Z.max(1)) + np.log(np.exp(Z.T - m).sum(0))
sm = lambda Z: np.exp(Z.T - lse(Z)).T
hot = lambda y, C: (y[:, None] == np.r_[:C]) + 0.
relu = lambda z: z * (z > 0)
cuts = lambda X, y, b: ((X[i:i + b], y[i:i + b]) for i in np.r_[0:len(X):b])
err = lambda z, t: (sm(z) - hot(t, z.shape[1])) / len(t)


def softmax_loss(Z, y):
    return (lse(Z) - Z[np.r_[:len(y)], y]).mean()


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for x, t in cuts(X, y, batch): theta -= lr * x.T @ err(x @ theta, t)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for x, t in cuts(X, y, batch):
        h = lambda: relu(x @ W1)
        e = lambda: err(h() @ W2, t)
        s1, s2 = x.T @ (e() @ W2.T * (h() > 0)), h().T @ e()
        W1 -= lr * s1; W2 -= lr * s2
