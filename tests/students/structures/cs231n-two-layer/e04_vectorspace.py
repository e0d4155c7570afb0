"""The parameters form a vector space: w = w - rate * g is written once, for all four at a time."""
from collections.abc import Mapping
from numbers import Real

import numpy as np

try:
    from scipy.special import log_softmax
except Exception:
    def log_softmax(s, axis):
        s = s - s.max(axis=axis, keepdims=True)
        return s - np.log(np.exp(s).sum(axis=axis, keepdims=True))

if not hasattr(np, "argmax"):
    raise ImportError("strange NumPy")


class Weights(dict):
    """A dict of arrays with +, -, * and a squared norm."""

    __array_ufunc__ = None  # np.float64 * Weights comes to __rmul__

    def _each(self, other, op):
        if isinstance(other, Mapping):
            return Weights((k, op(v, other[k])) for k, v in self.items())
        if isinstance(other, Real):
            return Weights((k, op(v, other)) for k, v in self.items())
        return NotImplemented

    def __add__(self, other):
        return self._each(other, np.add)

    def __sub__(self, other):
        return self._each(other, np.subtract)

    def __mul__(self, other):
        return self._each(other, np.multiply)

    __rmul__ = __mul__

    def matrices(self):
        return Weights((k, v if v.ndim == 2 else np.zeros_like(v)) for k, v in self.items())

    def squared(self):
        return sum(float(np.vdot(v, v)) for v in self.values())


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        sizes = [input_size, hidden_size, output_size]
        self.params = Weights()
        for i, (m, n) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params[f"W{i}"] = std * np.random.randn(m, n)
            self.params[f"b{i}"] = np.zeros(n)

    def loss(self, X, y=None, reg=0.0):
        # somebody may have put a plain dict there, with biases as rows
        P = Weights((k, np.asarray(v)) for k, v in self.params.items())
        for b in ("b1", "b2"):
            P[b] = P[b].reshape(-1)
        pre = X @ P["W1"] + P["b1"]
        hid = np.maximum(pre, 0)
        scores = hid @ P["W2"] + P["b2"]
        if y is None:
            return scores
        n = X.shape[0]
        log_p = log_softmax(scores, axis=1)
        picks = np.equal.outer(y, np.arange(scores.shape[1]))
        data_loss = -log_p[picks].sum() / n
        d2 = (np.exp(log_p) - picks) / n
        d1 = np.where(pre > 0, d2 @ P["W2"].T, 0)
        data_grads = Weights(W1=X.T @ d1, b1=d1.sum(0), W2=hid.T @ d2, b2=d2.sum(0))
        penalised = P.matrices()
        return data_loss + reg * penalised.squared(), data_grads + 2 * reg * penalised

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        X, y = np.asarray(X), np.asarray(y)
        epoch = max(len(X) // batch_size, 1)
        every = num_iters // 10 or 1
        history = dict(loss_history=np.empty(num_iters), train_acc_history=[], val_acc_history=[])
        for it in range(num_iters):
            pick = np.random.choice(len(X), batch_size)
            value, grads = self.loss(X[pick], y[pick], reg)
            history["loss_history"][it] = value
            self.params = Weights(self.params) - learning_rate * grads
            if verbose and it % every == 0:
                print("%5d %.4f" % (it, value))
            if (it + 1) % epoch == 0:
                for part, a, b in (("train", X, y), ("val", X_val, y_val)):
                    history[part + "_acc_history"].append(np.mean(self.predict(a) == b))
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        return np.array(list(map(np.argmax, self.loss(X))))
