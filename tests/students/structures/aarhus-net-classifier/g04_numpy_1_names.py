"""Written with NumPy 1.26, without a warning there: np.Inf, np.float_, np.row_stack, np.product, np.in1d."""
import numpy as np


def softmax(X):
    m = -np.Inf * np.ones((len(X), 1), dtype=np.float_)
    for j in range(X.shape[1]):
        m[:, 0] = np.maximum(m[:, 0], X[:, j])
    e = np.exp(X - m)
    return e / e.sum(1, keepdims=True)


def relu(x):
    return np.maximum(x, 0)


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        p = self.params if params is None else params
        return (relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]).argmax(1)

    def score(self, X, y, params=None):
        return np.mean(self.predict(X, params) == y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
        T = np.zeros((np.product(y.shape), W2.shape[1]))
        T[np.arange(len(y)), y] = 1
        z = X @ W1 + b1
        a = relu(z)
        p = softmax(a @ W2 + b2)
        cost = -np.log((p * T).sum(1)).mean() + reg * ((W1**2).sum() + (W2**2).sum())
        d = (p - T) / len(y)
        e = d @ W2.T * (z > 0)
        return cost, {"d_w1": X.T @ e + 2 * reg * W1, "d_b1": e.sum(0, keepdims=True), "d_w2": a.T @ d + 2 * reg * W2, "d_b2": d.sum(0, keepdims=True)}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        p = {k: np.array(v, dtype=np.float_) for k, v in init_params.items()}
        h = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        best = np.Inf
        for _ in range(epochs):
            o = np.random.permutation(len(X_train))
            for s in range(0, len(o), batch_size):
                r = o[s:s + batch_size]
                g = self.cost_grad(X_train[r], y_train[r], p, reg)[1]
                p = {k: p[k] - lr * g["d_" + k.lower()] for k in p}
            for n, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                h[n + "_loss"].append(self.cost_grad(X, y, p, reg)[0])
                h[n + "_acc"].append(self.score(X, y, p))
            best = min(best, h["val_loss"][-1])
        self.params, self.history = p, h
