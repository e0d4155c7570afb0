"""Hand-in 2, one example at a time: easy to hold against the paper derivation, slow but right."""

import numpy as np


def softmax(X):
    out = np.empty(X.shape, dtype=float)
    for i, row in enumerate(X):
        shifted = np.exp(row - max(row))
        out[i] = shifted / shifted.sum()
    return out


def relu(x):
    out = np.array(x, dtype=float)
    out[out < 0] = 0.0
    return out


class NetClassifier:
    params = None
    history = None

    def predict(self, X, params=None):
        params = params or self.params
        labels = []
        for x in X:
            h = relu(x @ params["W1"] + params["b1"])
            labels.append(np.argmax(h @ params["W2"] + params["b2"]))
        return np.array(labels)

    def score(self, X, y, params=None):
        return sum(int(a == b) for a, b in zip(self.predict(X, params), y)) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
        cost = 0.0
        d_w1, d_b1 = np.zeros(W1.shape), np.zeros(b1.shape)
        d_w2, d_b2 = np.zeros(W2.shape), np.zeros(b2.shape)
        for x, label in zip(X, y):
            x = x[None, :]
            z1 = x @ W1 + b1
            a1 = relu(z1)
            p = softmax(a1 @ W2 + b2)
            cost -= np.log(p[0, label] + 1e-15)
            delta2 = p.copy()
            delta2[0, label] -= 1
            delta1 = (delta2 @ W2.T) * np.where(z1 > 0, 1, 0)
            d_w2 += a1.T * delta2
            d_b2 += delta2
            d_w1 += x.T * delta1
            d_b1 += delta1
        n = len(X)
        cost = cost / n + reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        d_w1 = d_w1 / n + 2 * reg * W1
        d_w2 = d_w2 / n + 2 * reg * W2
        return cost, {"d_w1": d_w1, "d_w2": d_w2, "d_b1": d_b1 / n, "d_b2": d_b2 / n}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = dict(init_params)
        self.history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}
        for epoch in range(epochs):
            idx = list(range(len(X_train)))
            np.random.shuffle(idx)
            while idx:
                batch, idx = idx[:batch_size], idx[batch_size:]
                cost, grads = self.cost_grad(X_train[batch], y_train[batch], params, reg)
                params = {
                    "W1": params["W1"] - lr * grads["d_w1"],
                    "b1": params["b1"] - lr * grads["d_b1"],
                    "W2": params["W2"] - lr * grads["d_w2"],
                    "b2": params["b2"] - lr * grads["d_b2"],
                }
            self.history["train_loss"].append(self.cost_grad(X_train, y_train, params, reg)[0])
            self.history["train_acc"].append(self.score(X_train, y_train, params))
            self.history["val_loss"].append(self.cost_grad(X_val, y_val, params, reg)[0])
            self.history["val_acc"].append(self.score(X_val, y_val, params))
        self.params = params
