"""Network classifier with one hidden ReLU layer, softmax output, regularised cross-entropy and mini-batch descent."""

from enum import Enum

import numpy as np


class G(str, Enum):
    """Names of gradients."""

    w1 = "d_w1"
    w2 = "d_w2"
    b1 = "d_b1"
    b2 = "d_b2"



def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k)."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    """Each row's exponentials over their sum; the shift by the row's maximum keeps them finite."""
    e = np.exp(X - X.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def relu(x):
    """max(x, 0), entry by entry."""
    return np.maximum(x, 0)


def get_init_params(input_dim, hidden_size, output_size):
    """First parameters: normal weights with variance 2/inputs, biases 0."""
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    """params: the parameters after fit; history: one number an epoch."""

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        """The most probable class of each row: (n,)."""
        params = self.params if params is None else params
        a1 = relu(X @ params["W1"] + params["b1"])
        return np.argmax(a1 @ params["W2"] + params["b2"], axis=1)

    def score(self, X, y, params=None):
        """The share of right predictions."""
        return np.mean(self.predict(X, params) == y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        """Average cross-entropy + reg times the squared weights, and the gradients by their names."""
        W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
        labels = one_in_k_encoding(y, W2.shape[1])
        z1 = X @ W1 + b1
        a1 = relu(z1)
        p = softmax(a1 @ W2 + b2)
        cost = -np.mean(np.log(p[np.arange(len(y)), y])) + reg * (np.sum(W1**2) + np.sum(W2**2))
        delta2 = (p - labels) / len(X)
        d_w2 = a1.T @ delta2 + 2 * reg * W2
        d_b2 = delta2.sum(axis=0, keepdims=True)
        delta1 = (delta2 @ W2.T) * (z1 > 0)
        d_w1 = X.T @ delta1 + 2 * reg * W1
        d_b1 = delta1.sum(axis=0, keepdims=True)
        return cost, {G.w1: d_w1, G.w2: d_w2, G.b1: d_b1, G.b2: d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """Shuffled mini-batches, w = w - lr gradient; sets params and history."""
        params = {name: np.array(value) for name, value in init_params.items()}
        history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        for _ in range(epochs):
            order = np.random.permutation(len(X_train))
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                _, grads = self.cost_grad(X_train[rows], y_train[rows], params, reg)
                for name in params:
                    params[name] = params[name] - lr * grads["d_" + name.lower()]
            for part, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                history[part + "_loss"].append(self.cost_grad(X, y, params, reg)[0])
                history[part + "_acc"].append(self.score(X, y, params))
        self.params = params
        self.history = {name: np.array(values) for name, values in history.items()}
