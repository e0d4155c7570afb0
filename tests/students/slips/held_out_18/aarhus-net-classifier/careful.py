"""Network classifier in plain NumPy, written with the range and the rounding of floats in mind."""

import math

import numpy as np

NAMES = ("W1", "b1", "W2", "b2")


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def log_sum_exp(X):
    """(n, 1): log of the sum of exponentials of each row, shifted by that row's maximum."""
    top = np.max(X, axis=1, keepdims=True)
    with np.errstate(under="ignore"):
        return top + np.log(np.sum(np.exp(X - top), axis=1, keepdims=True))


def softmax(X):
    """exp of the log-probabilities; the second division takes out what rounding left."""
    with np.errstate(under="ignore"):
        p = np.exp(X - log_sum_exp(X))
    return p / np.sum(p, axis=1, keepdims=True)


def relu(x):
    return np.where(x > 0.0, x, 0.0)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def unpack(params):
    """The four arrays in float64, biases as rows."""
    arrays = [np.asarray(params[name], dtype=np.float64) for name in NAMES]
    return [a.reshape(1, -1) if name.startswith("b") else a for name, a in zip(NAMES, arrays)]


def squares(*weights):
    return math.fsum(float(np.sum(np.square(w))) for w in weights)


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    @staticmethod
    def _scores(X, params):
        W1, b1, W2, b2 = unpack(params)
        return relu(X @ W1 + b1) @ W2 + b2

    def predict(self, X, params=None):
        scores = self._scores(X, self.params if params is None else params)
        return np.argmax(scores, axis=1)

    def score(self, X, y, params=None):
        hits = np.equal(self.predict(X, params), np.asarray(y).ravel())
        return float(np.count_nonzero(hits)) / hits.size

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = unpack(params)
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y).astype(np.intp).ravel()
        n = X.shape[0]

        pre = X @ W1 + b1
        gate = (pre > 0.0).astype(np.float64)
        hidden = relu(pre)
        scores = hidden @ W2 + b2

        own = np.take_along_axis(scores, y[:, None], axis=1)
        cross_entropy = math.fsum((log_sum_exp(scores) - own).ravel()) / n
        cost = cross_entropy + reg * squares(W1, W2)

        residual = softmax(scores) - one_in_k_encoding(y, W2.shape[1])
        delta2 = residual / n
        delta1 = gate * (delta2 @ W2.T)
        grads = {
            "d_w1": X.T @ delta1 + 2.0 * reg * W1,
            "d_w2": hidden.T @ delta2 + 2.0 * reg * W2,
            "d_b1": np.sum(delta1, axis=0, keepdims=True),
            "d_b2": np.sum(delta2, axis=0, keepdims=True),
        }
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {name: np.array(init_params[name], dtype=np.float64, copy=True) for name in NAMES}
        n = X_train.shape[0]
        history = {key: np.full(epochs, np.nan) for key in ("train_loss", "train_acc", "val_loss", "val_acc")}
        best_params, best_accuracy = params, -1.0
        for epoch in range(epochs):
            order = np.random.permutation(n)
            starts = np.arange(0, n, batch_size)
            for start in starts:
                rows = order[start:start + batch_size]
                _, grads = self.cost_grad(X_train[rows], y_train[rows], params, reg)
                params = {name: params[name] - lr * grads["d_" + name.lower()].reshape(params[name].shape)
                          for name in NAMES}
            history["train_loss"][epoch], _ = self.cost_grad(X_train, y_train, params, reg)
            history["val_loss"][epoch], _ = self.cost_grad(X_val, y_val, params, reg)
            history["train_acc"][epoch] = self.score(X_train, y_train, params)
            history["val_acc"][epoch] = self.score(X_val, y_val, params)
            if history["val_acc"][epoch] > best_accuracy:
                best_params, best_accuracy = params, history["val_acc"][epoch]
        self.params = best_params
        self.history = history
