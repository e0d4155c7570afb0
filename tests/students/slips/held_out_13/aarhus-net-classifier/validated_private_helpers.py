"""Two-layer neural network classifier.

The module is organised in three sections: validation helpers, numerical
primitives, and the :class:`NetClassifier` itself.
"""

import numpy as np

_HISTORY_KEYS = ("train_loss", "train_acc", "val_loss", "val_acc")
_GRADIENT_OF = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}


# --------------------------------------------------------------------------- #
# Validation
# --------------------------------------------------------------------------- #
def _as_matrix(values, name):
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name} must be two-dimensional, got shape {matrix.shape}")
    return matrix


def _as_labels(values, n):
    labels = np.asarray(values).reshape(-1).astype(np.int64)
    if labels.shape[0] != n:
        raise ValueError(f"expected {n} labels, got {labels.shape[0]}")
    return labels


def _unpack(params):
    missing = [name for name in _GRADIENT_OF if name not in params]
    if missing:
        raise ValueError(f"missing parameters: {missing}")
    W1 = _as_matrix(params["W1"], "W1")
    W2 = _as_matrix(params["W2"], "W2")
    b1 = np.asarray(params["b1"], dtype=np.float64).reshape(1, -1)
    b2 = np.asarray(params["b2"], dtype=np.float64).reshape(1, -1)
    return W1, b1, W2, b2


# --------------------------------------------------------------------------- #
# Numerical primitives
# --------------------------------------------------------------------------- #
def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k)."""
    vec = np.asarray(vec)
    encoded = np.zeros((vec.shape[0], k), dtype=np.float64)
    np.put_along_axis(encoded, vec[:, None], 1.0, axis=1)
    return encoded


def softmax(X):
    """Numerically stable row-wise softmax."""
    logits = _as_matrix(X, "X")
    stable = logits - logits.max(axis=1, keepdims=True)
    numerator = np.exp(stable)
    denominator = numerator.sum(axis=1, keepdims=True)
    return np.divide(numerator, denominator)


def relu(x):
    """Element-wise rectifier."""
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0.0, x, 0.0)


def _forward(X, params):
    W1, b1, W2, b2 = _unpack(params)
    z1 = X @ W1 + b1
    a1 = relu(z1)
    z2 = a1 @ W2 + b2
    return {"X": X, "z1": z1, "a1": a1, "z2": z2, "probs": softmax(z2), "W1": W1, "W2": W2}


def _cross_entropy(probs, y):
    picked = np.take_along_axis(probs, y[:, None], axis=1)
    return -np.mean(np.log(np.clip(picked, 1e-15, None)))


def _penalty(cache, reg):
    return reg * (np.sum(cache["W1"] ** 2) + np.sum(cache["W2"] ** 2))


def _backward(cache, y, reg):
    n = y.shape[0]
    delta2 = cache["probs"].copy()
    np.add.at(delta2, (np.arange(n), y), -1.0)
    delta2 /= n
    delta1 = np.where(cache["z1"] > 0.0, delta2 @ cache["W2"].T, 0.0)
    return {
        "d_w1": cache["X"].T @ delta1 + 2.0 * reg * cache["W1"],
        "d_b1": delta1.sum(axis=0, keepdims=True),
        "d_w2": cache["a1"].T @ delta2 + 2.0 * reg * cache["W2"],
        "d_b2": delta2.sum(axis=0, keepdims=True),
    }


class NetClassifier:
    """Classifier with a single hidden ReLU layer."""

    def __init__(self):
        self.params = None
        self.history = None

    def _resolve(self, params):
        if params is not None:
            return params
        if self.params is None:
            raise ValueError("no parameters: call fit first or pass params")
        return self.params

    def predict(self, X, params=None):
        """Most probable class of every row."""
        cache = _forward(_as_matrix(X, "X"), self._resolve(params))
        return np.argmax(cache["probs"], axis=1)

    def score(self, X, y, params=None):
        """Accuracy in [0, 1]."""
        predictions = self.predict(X, params)
        truth = _as_labels(y, predictions.shape[0])
        return float(np.mean(predictions == truth))

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        """Regularised cost and analytic gradients."""
        X = _as_matrix(X, "X")
        y = _as_labels(y, X.shape[0])
        cache = _forward(X, params)
        cost = _cross_entropy(cache["probs"], y) + _penalty(cache, reg)
        return float(cost), _backward(cache, y, reg)

    def _record(self, X, y, params, reg, prefix):
        cost, _ = self.cost_grad(X, y, params, reg)
        self.history[f"{prefix}_loss"].append(cost)
        self.history[f"{prefix}_acc"].append(self.score(X, y, params))

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        """Mini-batch SGD; keeps the parameters with the lowest validation loss."""
        X_train = _as_matrix(X_train, "X_train")
        y_train = _as_labels(y_train, X_train.shape[0])
        if batch_size < 1:
            raise ValueError("batch_size must be positive")
        current = {name: np.array(value, dtype=np.float64) for name, value in init_params.items()}
        self.history = {key: [] for key in _HISTORY_KEYS}
        best_loss = np.inf
        best = current
        for _ in range(epochs):
            order = np.random.permutation(X_train.shape[0])
            for start in range(0, order.size, batch_size):
                batch = order[start : start + batch_size]
                _, grads = self.cost_grad(X_train[batch], y_train[batch], current, reg)
                current = {name: current[name] - lr * grads[_GRADIENT_OF[name]] for name in current}
            self._record(X_train, y_train, current, reg, "train")
            self._record(X_val, y_val, current, reg, "val")
            if self.history["val_loss"][-1] < best_loss:
                best_loss = self.history["val_loss"][-1]
                best = current
        self.params = best
