"""Handin 2 - Neural net classifier.

Author notes:
  * softmax and log-softmax are both shifted by the row maximum (NaN costs otherwise!)
  * gradient check at the bottom of the file
"""
from __future__ import annotations

import sys
from typing import Dict, Optional, Tuple

import numpy as np

Params = Dict[str, np.ndarray]
WEIGHT_NAMES: Tuple[str, ...] = ("W1", "b1", "W2", "b2")
DEBUG = False


def log(message: str) -> None:
    """Print to stderr when DEBUG is on."""
    if DEBUG:
        print(message, file=sys.stderr)


def one_in_k_encoding(vec, k: int) -> np.ndarray:
    """One-in-k encoding of the labels."""
    n = len(vec)
    enc = np.zeros((n, k))
    enc[np.arange(n), vec] = 1
    return enc


def softmax(X: np.ndarray) -> np.ndarray:
    """Row-wise softmax."""
    assert X.ndim == 2, "softmax wants a matrix"
    biggest = np.max(X, axis=1)[:, np.newaxis]
    exps = np.exp(X - biggest)
    res = exps / np.sum(exps, axis=1)[:, np.newaxis]
    assert res.shape == X.shape
    return res


def log_softmax(X: np.ndarray) -> np.ndarray:
    """log(softmax(X)) without ever taking log of 0."""
    shifted = X - np.max(X, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit."""
    res = x.copy()
    res[res < 0] = 0
    return res


def relu_prime(z: np.ndarray) -> np.ndarray:
    """1 where the input of relu was positive."""
    return np.heaviside(z, 0.0)


def get_init_params(input_dim: int, hidden_size: int, output_size: int) -> Params:
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), size=(input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), size=(hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def copy_params(params: Params) -> Params:
    """Deep copy."""
    return {k: np.array(v, copy=True) for k, v in params.items()}


class NetClassifier:
    """One hidden layer, relu, softmax."""

    def __init__(self) -> None:
        self.params: Optional[Params] = None
        self.history: Optional[Dict[str, list]] = None

    def predict(self, X: np.ndarray, params: Optional[Params] = None) -> np.ndarray:
        if params is None:
            params = self.params
        assert params is not None, "call fit first"
        hidden = relu(np.dot(X, params["W1"]) + params["b1"])
        scores = np.dot(hidden, params["W2"]) + params["b2"]
        pred = softmax(scores).argmax(axis=1)
        assert pred.shape == (X.shape[0],)
        return pred

    def score(self, X: np.ndarray, y: np.ndarray, params: Optional[Params] = None) -> float:
        pred = self.predict(X, params)
        n_correct = np.sum(pred == y)
        return float(n_correct) / X.shape[0]

    @staticmethod
    def cost_grad(X: np.ndarray, y: np.ndarray, params: Params, reg: float = 0.0):
        """Return the regularised cost and the gradients."""
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        n = X.shape[0]
        k = W2.shape[1]
        labels = one_in_k_encoding(y, k)

        # ---- forward
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        nll = -np.sum(labels * log_softmax(z2)) / n
        weight_decay = reg * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
        cost = nll + weight_decay

        # ---- backward
        d_z2 = (softmax(z2) - labels) / n
        d_w2 = np.dot(a1.T, d_z2) + 2 * reg * W2
        d_b2 = np.sum(d_z2, axis=0).reshape(1, -1)
        d_a1 = np.dot(d_z2, W2.T)
        d_z1 = d_a1 * relu_prime(z1)
        d_w1 = np.dot(X.T, d_z1) + 2 * reg * W1
        d_b1 = np.sum(d_z1, axis=0).reshape(1, -1)

        assert d_w1.shape == W1.shape and d_w2.shape == W2.shape
        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1, "d_b2": d_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """SGD. Keeps the parameters of the epoch with the best validation accuracy."""
        params = copy_params(init_params)
        best_params = copy_params(params)
        best_acc = -1.0
        hist: Dict[str, list] = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        n = X_train.shape[0]

        for epoch in range(epochs):
            perm = np.random.permutation(n)
            X_shuffled = X_train[perm]
            y_shuffled = y_train[perm]
            epoch_cost = 0.0
            n_batches = int(np.ceil(n / batch_size))
            for i in range(n_batches):
                lo, hi = i * batch_size, min((i + 1) * batch_size, n)
                cost, grads = NetClassifier.cost_grad(X_shuffled[lo:hi], y_shuffled[lo:hi], params, reg)
                epoch_cost += cost * (hi - lo)
                params["W1"] -= lr * grads["d_w1"]
                params["b1"] -= lr * grads["d_b1"]
                params["W2"] -= lr * grads["d_w2"]
                params["b2"] -= lr * grads["d_b2"]

            val_loss, _ = NetClassifier.cost_grad(X_val, y_val, params, reg)
            val_acc = self.score(X_val, y_val, params)
            hist["train_loss"].append(epoch_cost / n)
            hist["train_acc"].append(self.score(X_train, y_train, params))
            hist["val_loss"].append(val_loss)
            hist["val_acc"].append(val_acc)
            log(f"epoch {epoch}: val_loss {val_loss:.4f} val_acc {val_acc:.4f}")

            if val_acc > best_acc:
                best_acc = val_acc
                best_params = copy_params(params)

        self.params = best_params
        self.history = hist


def numerical_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        up = f()
        x[ix] = old - h
        down = f()
        x[ix] = old
        grad[ix] = (up - down) / (2 * h)
        it.iternext()
    return grad


if __name__ == "__main__":
    np.random.seed(0)
    P = get_init_params(4, 5, 3)
    XX = np.random.randn(7, 4)
    yy = np.random.randint(0, 3, 7)
    _, gr = NetClassifier.cost_grad(XX, yy, P, 0.3)
    for name in WEIGHT_NAMES:
        num = numerical_gradient(lambda: NetClassifier.cost_grad(XX, yy, P, 0.3)[0], P[name])
        print(name, np.abs(num - gr["d_" + name.lower()]).max())
