"""float32 inside, also the parameters while fitting, float64 out; generator of batches; history values are deques and arrays; hist as an alias too."""
from collections import deque
import numpy as np

F = np.float32


def softmax(X):
    X = X.astype(F)
    e = np.exp(X - X.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def relu(x):
    return np.maximum(x.astype(F), 0)


def batches(n, size):
    order = np.argsort(np.random.rand(n))
    yield from (order[i:i + size] for i in range(0, n, size))


class NetClassifier:
    def __init__(self):
        self.params = self.history = None

    @property
    def hist(self):
        return self.history

    def predict(self, X, params=None):
        p = self.params if params is None else params
        return np.argmax(relu(X @ p["W1"] + p["b1"]) @ p["W2"].astype(F) + p["b2"].astype(F), axis=1)

    def score(self, X, y, params=None):
        return np.mean(self.predict(X, params) == y, dtype=F)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        X = X.astype(F)
        W1, b1, W2, b2 = (params[k].astype(F) for k in ("W1", "b1", "W2", "b2"))
        z1 = X @ W1 + b1
        a1 = np.maximum(z1, 0)
        z2 = a1 @ W2 + b2
        z2 -= z2.max(1, keepdims=True)
        log_p = z2 - np.log(np.exp(z2).sum(1, keepdims=True))
        n, r = len(y), np.arange(len(y))
        cost = -log_p[r, y].mean() + F(reg) * (np.square(W1).sum() + np.square(W2).sum())
        d2 = np.exp(log_p)
        d2[r, y] -= 1
        d2 /= n
        d1 = (d2 @ W2.T) * (z1 > 0)
        return cost, {"d_w1": X.T @ d1 + 2 * F(reg) * W1, "d_b1": d1.sum(0, keepdims=True), "d_w2": a1.T @ d2 + 2 * F(reg) * W2, "d_b2": d2.sum(0, keepdims=True)}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        p = {k: np.array(v, dtype=F) for k, v in init_params.items()}
        h = {k: deque(maxlen=epochs) for k in ("train_loss", "train_acc", "val_loss", "val_acc")}
        for _ in range(epochs):
            h["train_loss"].append(self.cost_grad(X_train, y_train, p, reg)[0])
            h["train_acc"].append(self.score(X_train, y_train, p))
            h["val_loss"].append(self.cost_grad(X_val, y_val, p, reg)[0])
            h["val_acc"].append(self.score(X_val, y_val, p))
            for rows in batches(len(y_train), batch_size):
                for k, g in self.cost_grad(X_train[rows], y_train[rows], p, reg)[1].items():
                    name = k[2].upper() + k[3] if k[2] == "w" else k[2:]
                    p[name] -= lr * g
        self.params, self.history = {k: v.astype(float) for k, v in p.items()}, {k: list(v) for k, v in h.items()}
