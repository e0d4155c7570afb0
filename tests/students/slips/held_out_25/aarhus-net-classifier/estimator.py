"""A one-hidden-layer perceptron classifier that follows the scikit-learn style (fit, predict, score, private helpers)."""

import numpy as np


def _check_X_y(X, y):
    X = np.asarray(X, dtype=np.float64)
    y = np.asarray(y).ravel()
    if X.ndim != 2:
        raise ValueError("X must be 2-dimensional")
    if len(X) != len(y):
        raise ValueError("X and y have inconsistent numbers of samples")
    return X, y.astype(int)


def gen_batches(n, batch_size):
    """Slices that cover range(n), the last one may be shorter."""
    start = 0
    while start < n:
        yield slice(start, min(start + batch_size, n))
        start += batch_size


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    X = np.array(X, dtype=np.float64, copy=True)
    X -= np.max(X, axis=1).reshape((-1, 1))
    np.exp(X, X)
    X /= np.sum(X, axis=1).reshape((-1, 1))
    return X


def relu(x):
    return np.clip(x, 0, np.inf)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class _SGDOptimizer:
    """Plain gradient descent; state-free."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def _get_updates(self, grads):
        return {key: -self.learning_rate * grad for key, grad in grads.items()}

    def update_params(self, params, grads):
        updates = self._get_updates(grads)
        return {key: value + updates["d_" + key.lower()] for key, value in params.items()}


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def _check_is_fitted(self, params):
        if params is not None:
            return params
        if self.params is None:
            raise RuntimeError("call fit first")
        return self.params

    @staticmethod
    def _forward_pass(X, params):
        activations = [X]
        for i in ("1", "2"):
            activations.append(activations[-1] @ params["W" + i] + params["b" + i])
            if i == "1":
                activations[-1] = relu(activations[-1])
        activations[-1] = softmax(activations[-1])
        return activations

    @staticmethod
    def _log_loss(y, proba, eps=1e-12):
        proba = np.clip(proba, eps, 1)
        return -np.log(proba[np.arange(len(y)), y]).sum() / len(y)

    @staticmethod
    def _penalty(params, reg):
        return reg * sum((params[key] ** 2).sum() for key in ("W1", "W2"))

    @staticmethod
    def _layer_grad(activation, delta, coef, reg):
        coef_grad = activation.T @ delta
        coef_grad += 2 * reg * coef
        intercept_grad = delta.sum(axis=0).reshape(1, -1)
        return coef_grad, intercept_grad

    def predict_proba(self, X, params=None):
        return self._forward_pass(X, self._check_is_fitted(params))[-1]

    def predict(self, X, params=None):
        return self.predict_proba(X, params).argmax(axis=1)

    def score(self, X, y, params=None):
        X, y = _check_X_y(X, y)
        return float(np.average(self.predict(X, params) == y))

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        X, y = _check_X_y(X, y)
        cls = NetClassifier
        n_samples, n_classes = len(X), params["W2"].shape[1]
        _, hidden, proba = cls._forward_pass(X, params)
        cost = cls._log_loss(y, proba) + cls._penalty(params, reg)

        grads = {}
        delta = (proba - one_in_k_encoding(y, n_classes)) / n_samples
        grads["d_w2"], grads["d_b2"] = cls._layer_grad(hidden, delta, params["W2"], reg)
        delta = delta @ params["W2"].T
        delta[hidden == 0] = 0
        grads["d_w1"], grads["d_b1"] = cls._layer_grad(X, delta, params["W1"], reg)
        return cost, grads

    def _fit_epoch(self, X, y, batch_size, reg):
        sample_idx = np.random.permutation(len(X))
        for batch in gen_batches(len(X), batch_size):
            idx = sample_idx[batch]
            _, grads = self.cost_grad(X[idx], y[idx], self.params, reg)
            self.params = self._optimizer.update_params(self.params, grads)

    def _evaluate(self, X, y, reg):
        return self.cost_grad(X, y, self.params, reg)[0], self.score(X, y)

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        X_train, y_train = _check_X_y(X_train, y_train)
        X_val, y_val = _check_X_y(X_val, y_val)
        self.params = {key: np.array(value, dtype=np.float64) for key, value in init_params.items()}
        self._optimizer = _SGDOptimizer(lr)
        self.history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        best_score, best_params = -np.inf, None
        for _ in range(epochs):
            self._fit_epoch(X_train, y_train, batch_size, reg)
            loss, acc = self._evaluate(X_train, y_train, reg)
            self.history["train_loss"].append(loss)
            self.history["train_acc"].append(acc)
            loss, acc = self._evaluate(X_val, y_val, reg)
            self.history["val_loss"].append(loss)
            self.history["val_acc"].append(acc)
            if acc > best_score:
                best_score, best_params = acc, self.params
        self.params = best_params
