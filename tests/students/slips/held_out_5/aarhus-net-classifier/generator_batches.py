"""Handin 2, group 17.

The batches come from a generator; params and gradients travel as tuples inside and as dictionaries outside.
"""
import numpy as np

ORDER = ("W1", "b1", "W2", "b2")


def softmax(X):
    rows = []
    for x in X:
        x = x - max(x)
        e = np.exp(x)
        rows.append(e / sum(e))
    return np.array(rows)


def relu(x):
    return np.array([[v if v > 0 else 0.0 for v in row] for row in x])


def minibatches(X, y, size):
    assert len(X) == len(y)
    perm = np.random.permutation(len(X))
    for start in range(0, len(X), size):
        take = perm[start:start + size]
        yield X[take], y[take]


def unpack(params):
    return tuple(params[k] for k in ORDER)


class NetClassifier:

    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        W1, b1, W2, b2 = unpack(self.params if params is None else params)
        return np.argmax(np.maximum(X @ W1 + b1, 0) @ W2 + b2, axis=-1)

    def score(self, X, y, params=None):
        return np.sum(self.predict(X, params) == y) / np.size(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = unpack(params)
        m = X.shape[0]

        # forward
        z = X @ W1 + b1
        a = np.maximum(z, 0)
        out = a @ W2 + b2
        out = out - out.max(axis=1, keepdims=True)
        log_prob = out - np.log(np.exp(out).sum(axis=1, keepdims=True))
        picked = log_prob[np.arange(m), y]
        weight_decay = reg * sum((W ** 2).sum() for W in (W1, W2))
        cost = -picked.sum() / m + weight_decay

        # backward
        delta_out = np.exp(log_prob)
        np.add.at(delta_out, (np.arange(m), y), -1)
        delta_hid = (delta_out @ W2.T) * (a > 0)
        grads = {
            "d_w1": (X.T @ delta_hid) / m + 2 * reg * W1,
            "d_b1": np.ones((1, m)) @ delta_hid / m,
            "d_w2": (a.T @ delta_out) / m + 2 * reg * W2,
            "d_b2": np.ones((1, m)) @ delta_out / m,
        }
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {k: np.asarray(v, dtype=np.float64).copy() for k, v in init_params.items()}
        history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        best_acc = -1.0
        epoch = 0
        while epoch < epochs:
            for xb, yb in minibatches(X_train, y_train, batch_size):
                _, grads = self.cost_grad(xb, yb, params, reg)
                for k in ORDER:
                    params[k] = params[k] - lr * grads["d_" + k.lower()]
            for name, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                history[name + "_loss"].append(self.cost_grad(X, y, params, reg)[0])
                history[name + "_acc"].append(self.score(X, y, params))
            if history["val_acc"][-1] > best_acc:
                best_acc = history["val_acc"][-1]
                self.params = dict(params)
            epoch += 1
        self.history = history
