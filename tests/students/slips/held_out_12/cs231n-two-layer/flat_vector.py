"""Two-layer net whose training runs on ONE flat parameter vector; the dictionary is only the public face of it."""

from __future__ import annotations

import numpy as np

ORDER = ("W1", "b1", "W2", "b2")


def ravel_dict(named):
    """All arrays of a parameter dictionary, one after the other."""
    return np.concatenate([np.ravel(named[key]) for key in ORDER])


def shapes_of(named):
    return [np.shape(named[key]) for key in ORDER]


def unravel(theta, shapes):
    """The inverse of ravel_dict: views into theta."""
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    pieces = np.split(theta, ends[:-1])
    return {key: piece.reshape(shape) for key, piece, shape in zip(ORDER, pieces, shapes)}


def objective(theta, shapes, X, y, reg):
    """Value and flat gradient at theta."""
    w = unravel(theta, shapes)
    pre = np.dot(X, w["W1"]) + w["b1"]
    hid = np.where(pre > 0, pre, 0.0)
    out = np.dot(hid, w["W2"]) + w["b2"]

    n = X.shape[0]
    lse = np.logaddexp.reduce(out, axis=1)
    picked = np.take_along_axis(out, y[:, None], axis=1)[:, 0]
    weights_squared = np.vdot(w["W1"], w["W1"]) + np.vdot(w["W2"], w["W2"])
    value = (lse - picked).mean() + reg * weights_squared

    d_out = np.exp(out - lse[:, None])
    np.put_along_axis(d_out, y[:, None], np.take_along_axis(d_out, y[:, None], axis=1) - 1.0, axis=1)
    d_out /= n
    d_pre = np.where(pre > 0, np.dot(d_out, w["W2"].T), 0.0)

    flat = np.empty_like(theta)
    grad = unravel(flat, shapes)  # views: writing here fills flat
    grad["W1"][...] = np.dot(X.T, d_pre) + 2.0 * reg * w["W1"]
    grad["b1"][...] = d_pre.sum(axis=0)
    grad["W2"][...] = np.dot(hid.T, d_out) + 2.0 * reg * w["W2"]
    grad["b2"][...] = d_out.sum(axis=0)
    return float(value), flat


class TwoLayerNet:
    """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def loss(self, X, y=None, reg=0.0):
        if y is None:
            p = self.params
            return np.dot(np.clip(np.dot(X, p["W1"]) + p["b1"], 0, None), p["W2"]) + p["b2"]
        shapes = shapes_of(self.params)
        value, flat = objective(ravel_dict(self.params), shapes, X, np.asarray(y, dtype=np.intp), reg)
        return value, unravel(flat, shapes)

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
        n = X.shape[0]
        y = np.asarray(y, dtype=np.intp)
        steps_a_pass = max(1, n // batch_size)
        shapes = shapes_of(self.params)
        theta = ravel_dict(self.params)
        trace = np.empty(num_iters)
        train_acc, val_acc = [], []

        for t in range(num_iters):
            passes_done, inside = divmod(t, steps_a_pass)
            rate = learning_rate * learning_rate_decay**passes_done
            chosen = np.random.randint(0, n, size=batch_size)  # with replacement
            trace[t], slope = objective(theta, shapes, X[chosen], y[chosen], reg)
            theta = theta - rate * slope
            if inside == steps_a_pass - 1:
                self.params = unravel(theta.copy(), shapes)
                train_acc.append(float((self.predict(X) == y).mean()))
                val_acc.append(float((self.predict(X_val) == y_val).mean()))
                if verbose:
                    print(f"pass {passes_done + 1}: loss {trace[t]:.4f}, validation {val_acc[-1]:.3f}")

        self.params = unravel(theta, shapes)
        return {"loss_history": trace.tolist(), "train_acc_history": train_acc, "val_acc_history": val_acc}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)
