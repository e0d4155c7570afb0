"""Hand-in 2. Log-probabilities first and probabilities from them; batches come from a generator."""

from types import SimpleNamespace

import numpy as np


def one_in_k_encoding(vec, k):
    return np.eye(k)[np.asarray(vec).ravel()]


def log_softmax(X):
    shifted = X - np.max(X, axis=1)[:, None]
    return shifted - np.log(np.sum(np.exp(shifted), axis=1))[:, None]


def softmax(X):
    return np.exp(log_softmax(X))


def relu(x):
    out = np.array(x, dtype=float)
    out[out < 0] = 0
    return out


def batches(n, size):
    """Row numbers of one epoch's batches, in random order."""
    order = np.random.permutation(n)
    while len(order) > 0:
        yield order[:size]
        order = order[size:]


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    @staticmethod
    def forward(X, params):
        net = SimpleNamespace(x=X)
        net.z1 = X.dot(params["W1"]) + params["b1"]
        net.a1 = relu(net.z1)
        net.log_p = log_softmax(net.a1.dot(params["W2"]) + params["b2"])
        return net

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        return self.forward(X, params).log_p.argmax(axis=1)

    def score(self, X, y, params=None):
        hits = self.predict(X, params) == np.asarray(y).ravel()
        return hits.sum() / hits.size

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        net = NetClassifier.forward(X, params)
        n, k = net.log_p.shape
        labels = one_in_k_encoding(y, k)
        data = -(labels * net.log_p).sum() / n
        penalty = reg * sum(np.square(params[name]).sum() for name in ("W1", "W2"))

        d_z2 = (np.exp(net.log_p) - labels) / n
        d_a1 = d_z2.dot(params["W2"].T)
        d_z1 = np.where(net.z1 > 0, d_a1, 0)
        grads = {"d_w2": net.a1.T.dot(d_z2), "d_w1": net.x.T.dot(d_z1)}
        grads["d_b2"] = d_z2.sum(axis=0)[None, :]
        grads["d_b1"] = d_z1.sum(axis=0)[None, :]
        for name in ("W1", "W2"):
            grads["d_" + name.lower()] += 2 * reg * params[name]
        return data + penalty, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {name: value.copy() for name, value in init_params.items()}
        history = {name: [] for name in ("train_loss", "train_acc", "val_loss", "val_acc")}
        for _ in range(epochs):
            for rows in batches(len(X_train), batch_size):
                cost, grads = self.cost_grad(X_train[rows], y_train[rows], params, reg)
                for name in params:
                    params[name] -= lr * grads["d_" + name.lower()]
            history["train_loss"].append(self.cost_grad(X_train, y_train, params, reg)[0])
            history["val_loss"].append(self.cost_grad(X_val, y_val, params, reg)[0])
            history["train_acc"].append(self.score(X_train, y_train, params))
            history["val_acc"].append(self.score(X_val, y_val, params))
        self.params = params
        self.history = history
