import copy
import numpy as np

NAMES = {"W1": "d_w1", "b1": "d_b1", "W2": "d_w2", "b2": "d_b2"}


def softmax(X):
    e = np.exp(X - np.max(X, 1, keepdims=True))
    return np.divide(e, np.sum(e, 1, keepdims=True))


def relu(x):
    return np.maximum(0.0, x)


class NetClassifier:
    def __init__(self):
        self.params, self.history = None, None

    @staticmethod
    def _forward(X, params):
        """logits and what backward needs"""
        z1 = X @ params["W1"] + params["b1"]
        a1 = relu(z1)
        return a1 @ params["W2"] + params["b2"], (z1, a1)

    def predict(self, X, params=None):
        logits, _ = self._forward(X, params if params is not None else self.params)
        return logits.argmax(axis=1)

    def score(self, X, y, params=None):
        wrong = np.count_nonzero(self.predict(X, params) - y)
        return 1 - wrong / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        logits, (z1, a1) = NetClassifier._forward(X, params)
        n, k = logits.shape
        picked = (np.arange(n), y)
        p = softmax(logits)
        cost = -np.log(p[picked]).sum() / n
        delta = p                       # p is not used any more below
        delta[picked] -= 1
        delta /= n
        back = delta @ params["W2"].T
        back *= z1 > 0
        grads = {
            "d_w1": X.T @ back, "d_b1": back.sum(0).reshape(1, -1),
            "d_w2": a1.T @ delta, "d_b2": delta.sum(0).reshape(1, -1),
        }
        for w, d in (("W1", "d_w1"), ("W2", "d_w2")):
            cost += reg * (params[w] ** 2).sum()
            grads[d] += 2 * reg * params[w]
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        now = copy.deepcopy(init_params)
        best_loss, best = np.inf, copy.deepcopy(init_params)
        hist = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        idx = np.arange(len(y_train))
        for epoch in range(epochs):
            np.random.shuffle(idx)
            for lo in range(0, len(idx), batch_size):
                mb = idx[lo:lo + batch_size]
                grads = self.cost_grad(X_train[mb], y_train[mb], now, reg)[1]
                for key, name in NAMES.items():
                    now[key] -= lr * grads[name]
            tl, vl = (self.cost_grad(X, y, now, reg)[0] for X, y in ((X_train, y_train), (X_val, y_val)))
            hist["train_loss"].append(tl)
            hist["val_loss"].append(vl)
            hist["train_acc"].append(self.score(X_train, y_train, now))
            hist["val_acc"].append(self.score(X_val, y_val, now))
            if vl < best_loss:
                best_loss, best = vl, copy.deepcopy(now)
        self.params = best
        self.history = hist
