"""A two-layer fully-connected network with a softmax classifier on top."""

import numpy as np

_EPS = 1e-12
_PARAM_NAMES = ("W1", "b1", "W2", "b2")


class TwoLayerNet:
    """Fully-connected network: affine -> ReLU -> affine -> softmax.

    Attributes:
        params: dictionary with ``W1`` (D, H), ``b1`` (H,), ``W2`` (H, C) and ``b2`` (C,).
    """

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        """Initialise weights to small random values and biases to zero."""
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    # ------------------------------------------------------------------ #
    # Private helpers
    # ------------------------------------------------------------------ #
    def _check_inputs(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim != 2:
            raise ValueError(f"X must have two dimensions, got {X.ndim}")
        if X.shape[1] != self.params["W1"].shape[0]:
            raise ValueError("X does not match W1")
        return X

    @staticmethod
    def _check_labels(y, n, n_classes):
        y = np.asarray(y, dtype=np.int64).ravel()
        if y.shape[0] != n:
            raise ValueError("y must hold one label per row of X")
        if n and (y.min() < 0 or y.max() >= n_classes):
            raise ValueError("labels out of range")
        return y

    def _forward(self, X):
        cache = {"X": X}
        cache["pre"] = X @ self.params["W1"] + self.params["b1"]
        cache["mask"] = cache["pre"] > 0
        cache["hidden"] = np.where(cache["mask"], cache["pre"], 0.0)
        cache["scores"] = cache["hidden"] @ self.params["W2"] + self.params["b2"]
        return cache

    @staticmethod
    def _probabilities(scores):
        exponentials = np.exp(scores - np.amax(scores, axis=1, keepdims=True))
        totals = exponentials.sum(axis=1, keepdims=True)
        return np.divide(exponentials, totals, out=np.zeros_like(exponentials), where=totals > 0)

    def _l2(self, reg):
        return reg * sum(np.sum(np.square(self.params[name])) for name in ("W1", "W2"))

    def _backward(self, cache, d_scores, reg):
        d_hidden = d_scores @ self.params["W2"].T
        d_pre = np.where(cache["mask"], d_hidden, 0.0)
        grads = {
            "W1": cache["X"].T @ d_pre,
            "b1": d_pre.sum(axis=0),
            "W2": cache["hidden"].T @ d_scores,
            "b2": d_scores.sum(axis=0),
        }
        for name in ("W1", "W2"):
            grads[name] = grads[name] + 2.0 * reg * self.params[name]
        return grads

    # ------------------------------------------------------------------ #
    # Public interface
    # ------------------------------------------------------------------ #
    def loss(self, X, y=None, reg=0.0):
        """Compute scores, or the loss and its gradients when labels are given."""
        X = self._check_inputs(X)
        cache = self._forward(X)
        if y is None:
            return cache["scores"]

        n, n_classes = cache["scores"].shape
        y = self._check_labels(y, n, n_classes)
        probs = self._probabilities(cache["scores"])
        correct = np.take_along_axis(probs, y[:, None], axis=1)
        loss = -np.log(correct + _EPS).mean() + self._l2(reg)

        d_scores = probs.copy()
        np.subtract.at(d_scores, (np.arange(n), y), 1.0)
        d_scores /= n
        return float(loss), self._backward(cache, d_scores, reg)

    def _apply(self, grads, rate):
        for name in _PARAM_NAMES:
            self.params[name] = self.params[name] - rate * grads[name]

    def _accuracy(self, X, y):
        return float(np.mean(self.predict(X) == np.asarray(y).ravel()))

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        """Train with stochastic gradient descent."""
        X = np.asarray(X, dtype=np.float64)
        y = np.asarray(y)
        n = X.shape[0]
        replace = batch_size > n
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        rate = float(learning_rate)
        seen, passes = 0, 0

        for _ in range(num_iters):
            rows = np.random.choice(n, batch_size, replace=replace)
            loss, grads = self.loss(X[rows], y[rows], reg)
            history["loss_history"].append(loss)
            self._apply(grads, rate)

            seen += min(batch_size, n)
            if seen // n > passes:
                passes = seen // n
                rate *= learning_rate_decay
                history["train_acc_history"].append(self._accuracy(X[rows], y[rows]))
                history["val_acc_history"].append(self._accuracy(X_val, y_val))
                if verbose:
                    print(f"pass {passes}: loss {loss:.4f}")

        return history

    def predict(self, X):
        """Return the class with the highest score for every row."""
        return np.argmax(self.loss(X), axis=-1)
