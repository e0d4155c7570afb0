"""Two-layer network; log-probabilities are kept throughout, sums are taken in chunks, nothing is changed in place."""

import math

import numpy as np

CHUNK = 128


def log_softmax(scores):
    top = np.max(scores, axis=1, keepdims=True)
    with np.errstate(under="ignore"):
        log_sum = np.log(np.sum(np.exp(scores - top), axis=1, keepdims=True))
    return (scores - top) - log_sum


def squared_norm(w):
    return math.fsum(np.square(w, dtype=np.float64).ravel())


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        """Small random weights, biases of zero."""
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _read(self):
        return tuple(np.asarray(self.params[k], dtype=np.float64) for k in ("W1", "b1", "W2", "b2"))

    def _forward(self, X):
        W1, b1, W2, b2 = self._read()
        pre = X @ W1 + b1
        active = np.where(pre > 0.0, 1.0, 0.0)
        hidden = np.where(pre > 0.0, pre, 0.0)
        return active, hidden, hidden @ W2 + b2

    def loss(self, X, y=None, reg=0.0):
        X = np.asarray(X, dtype=np.float64)
        if y is None:
            return self._forward(X)[2]
        y = np.asarray(y).astype(np.intp).ravel()
        W1, b1, W2, b2 = self._read()
        count = X.shape[0]
        losses = []
        dW1, db1, dW2, db2 = (np.zeros(w.shape) for w in (W1, b1, W2, b2))
        for lo in range(0, count, CHUNK):
            x, t = X[lo:lo + CHUNK], y[lo:lo + CHUNK]
            rows = np.arange(t.size)
            active, hidden, scores = self._forward(x)
            log_p = log_softmax(scores)
            losses.extend((-log_p[rows, t]).tolist())
            with np.errstate(under="ignore"):
                residual = np.exp(log_p)
            residual[rows, t] = np.expm1(log_p[rows, t])
            back = active * (residual @ W2.T)
            dW2 += hidden.T @ residual
            db2 += residual.sum(axis=0)
            dW1 += x.T @ back
            db1 += back.sum(axis=0)
        loss = math.fsum(losses) / count + reg * (squared_norm(W1) + squared_norm(W2))
        grads = {
            "W1": dW1 / count + 2.0 * reg * W1,
            "b1": db1 / count,
            "W2": dW2 / count + 2.0 * reg * W2,
            "b2": db2 / count,
        }
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        count = X.shape[0]
        size = int(min(batch_size, count))
        per_pass = max(count // size, 1)
        rate = float(learning_rate)
        loss_history, train_acc_history, val_acc_history = [], [], []
        for iteration in range(num_iters):
            rows = np.random.choice(count, size=size, replace=False)
            value, grads = self.loss(X[rows], y[rows], reg)
            if not math.isfinite(value):
                raise FloatingPointError("the loss is not finite any more")
            loss_history.append(value)
            for name, gradient in grads.items():
                self.params[name] = self.params[name] - rate * gradient
            if (iteration + 1) % per_pass == 0:
                rate *= learning_rate_decay
                train_acc_history.append(float(np.mean(self.predict(X[rows]) == y[rows])))
                val_acc_history.append(float(np.mean(self.predict(X_val) == y_val)))
        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        return np.argmax(self._forward(np.asarray(X, dtype=np.float64))[2], axis=1)
