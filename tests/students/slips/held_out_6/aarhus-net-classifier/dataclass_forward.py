"""Hand-in 2 with a frozen dataclass for what the forward pass leaves behind, and shuffled copies in fit."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Forward:
    z1: np.ndarray
    a1: np.ndarray
    logp: np.ndarray

    @property
    def p(self):
        return np.exp(self.logp)


def one_in_k_encoding(vec, k):
    return np.eye(k)[np.asarray(vec).reshape(-1)]


def log_softmax(X):
    X = X - X.max(axis=1, keepdims=True)
    return X - np.log(np.sum(np.exp(X), axis=1, keepdims=True))


def softmax(X):
    return np.exp(log_softmax(X))


def relu(x):
    return (np.abs(x) + x) / 2


def run(X, params):
    z1 = np.dot(X, params["W1"]) + params["b1"]
    a1 = relu(z1)
    return Forward(z1, a1, log_softmax(np.dot(a1, params["W2"]) + params["b2"]))


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        return run(X, params).logp.argmax(axis=1)

    def score(self, X, y, params=None):
        hits = self.predict(X, params) == np.ravel(y)
        return np.count_nonzero(hits) / hits.size

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n, k = X.shape[0], params["W2"].shape[1]
        T = one_in_k_encoding(y, k)
        fw = run(X, params)
        weights = (params["W1"], params["W2"])
        cost = -(T * fw.logp).sum() / n + reg * sum((w * w).sum() for w in weights)
        d2 = (fw.p - T) / n
        d1 = np.dot(d2, params["W2"].T)
        d1 = d1 * np.sign(fw.a1)
        grads = {
            "d_w1": np.dot(X.T, d1) + 2 * reg * params["W1"],
            "d_w2": np.dot(fw.a1.T, d2) + 2 * reg * params["W2"],
            "d_b1": d1.sum(0)[None],
            "d_b2": d2.sum(0)[None],
        }
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        self.params = {key: value.copy() for key, value in init_params.items()}
        names = [("W1", "d_w1"), ("b1", "d_b1"), ("W2", "d_w2"), ("b2", "d_b2")]
        hist = {key: np.zeros(epochs) for key in ("train_loss", "train_acc", "val_loss", "val_acc")}
        for epoch in range(epochs):
            shuffle = np.random.permutation(X_train.shape[0])
            X_shuffled, y_shuffled = X_train[shuffle], y_train[shuffle]
            for i in range(0, X_train.shape[0], batch_size):
                Xb, yb = X_shuffled[i : i + batch_size], y_shuffled[i : i + batch_size]
                _, grads = self.cost_grad(Xb, yb, self.params, reg)
                for key, dkey in names:
                    self.params[key] -= lr * grads[dkey]
            hist["train_loss"][epoch] = self.cost_grad(X_train, y_train, self.params, reg)[0]
            hist["val_loss"][epoch] = self.cost_grad(X_val, y_val, self.params, reg)[0]
            hist["train_acc"][epoch] = self.score(X_train, y_train)
            hist["val_acc"][epoch] = self.score(X_val, y_val)
        self.history = hist
