"""Two-layer net without temporaries: every result goes into an array that is there already."""
import numpy as np


def affine(x, w, b, out=None):
    out = np.matmul(x, w, out=out)
    out += b
    return out


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        W1 = np.random.standard_normal((input_size, hidden_size))
        W2 = np.random.standard_normal((hidden_size, output_size))
        W1 *= std
        W2 *= std
        self.params = {"W1": W1, "b1": np.zeros(hidden_size), "W2": W2, "b2": np.zeros(output_size)}

    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = map(self.params.get, ("W1", "b1", "W2", "b2"))
        n = X.shape[0]
        h = affine(X, W1, b1)
        np.maximum(h, 0, out=h)
        s = affine(h, W2, b2)
        if y is None:
            return s
        rows = np.arange(n)

        # s: scores -> shifted scores -> probabilities -> delta, all in the same memory
        s -= s.max(axis=1, keepdims=True)
        label_scores = s[rows, y]  # fancy indexing: a copy
        np.exp(s, out=s)
        total = s.sum(axis=1, keepdims=True)
        s /= total
        np.log(total, out=total)
        loss = (total.sum() - label_scores.sum()) / n
        loss += reg * (np.einsum("ij,ij", W1, W1) + np.einsum("ij,ij", W2, W2))

        s[rows, y] -= 1
        s /= n
        grads = {"W2": h.T @ s, "b2": s.sum(axis=0)}
        on = h > 0
        np.matmul(s, W2.T, out=h)
        h *= on
        grads["W1"] = X.T @ h
        grads["b1"] = h.sum(axis=0)
        grads["W1"] += (2 * reg) * W1
        grads["W2"] += (2 * reg) * W2
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        n = X.shape[0]
        size = min(n, batch_size)
        per_epoch = max(n // batch_size, 1)
        x_buf, y_buf = np.empty((size, X.shape[1]), X.dtype), np.empty(size, y.dtype)
        losses = np.empty(num_iters)
        train_acc, val_acc = [], []
        for i in range(num_iters):
            rows = np.random.choice(n, size, replace=False)
            np.take(X, rows, axis=0, out=x_buf)
            np.take(y, rows, out=y_buf)
            losses[i], grads = self.loss(x_buf, y_buf, reg)
            for name, g in grads.items():
                g *= learning_rate
                self.params[name] -= g
            if i % per_epoch == per_epoch - 1:
                train_acc.append((self.predict(x_buf) == y_buf).mean())
                val_acc.append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return {"loss_history": losses, "train_acc_history": train_acc, "val_acc_history": val_acc}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)
