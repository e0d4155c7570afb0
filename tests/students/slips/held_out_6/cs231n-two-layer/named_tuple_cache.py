"""Two-layer net: forward and backward as methods with a named tuple between them; half the regularisation in both."""

from collections import namedtuple

import numpy as np

Cache = namedtuple("Cache", "X hidden scores")


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def forward(self, X):
        hidden = X @ self.params["W1"] + self.params["b1"]
        hidden = hidden.clip(min=0)
        scores = np.matmul(hidden, self.params["W2"])
        scores += self.params["b2"]
        return Cache(X, hidden, scores)

    def backward(self, cache, dscores, reg):
        grads = {"b2": np.einsum("nc->c", dscores), "W2": np.einsum("nh,nc->hc", cache.hidden, dscores)}
        dhidden = np.einsum("nc,hc->nh", dscores, self.params["W2"])
        dhidden[cache.hidden == 0] = 0
        grads["b1"] = np.einsum("nh->h", dhidden)
        grads["W1"] = np.einsum("nd,nh->dh", cache.X, dhidden)
        for name in ("W1", "W2"):
            grads[name] += reg * self.params[name]
        return grads

    def loss(self, X, y=None, reg=0.0):
        cache = self.forward(X)
        if y is None:
            return cache.scores
        N, C = cache.scores.shape
        log_norm = np.logaddexp.reduce(cache.scores, axis=1)
        labels = np.equal.outer(y, np.arange(C)).astype(float)
        picked = (cache.scores * labels).sum(axis=1)
        loss = np.average(log_norm - picked)
        loss += 0.5 * reg * (np.sum(self.params["W1"] ** 2) + np.sum(self.params["W2"] ** 2))
        probs = np.exp(cache.scores - log_norm[:, None])
        return loss, self.backward(cache, (probs - labels) / N, reg)

    def train(self, X, y, X_val, y_val,
              learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        N = len(X)
        per_epoch = max(N / batch_size, 1)
        rate = learning_rate
        loss_history, train_acc_history, val_acc_history = [], [], []
        epochs_done = 0
        for it in range(num_iters):
            take = np.random.choice(N, batch_size, replace=True)
            loss, grads = self.loss(X[take], y=y[take], reg=reg)
            loss_history.append(float(loss))
            for name in sorted(self.params):
                self.params[name] = self.params[name] - rate * grads[name]
            if (it + 1) / per_epoch >= epochs_done + 1:
                epochs_done += 1
                train_acc_history.append(np.mean(self.predict(X) == y))
                val_acc_history.append(np.mean(self.predict(X_val) == y_val))
                rate = learning_rate * learning_rate_decay**epochs_done
        return dict(loss_history=loss_history, train_acc_history=train_acc_history, val_acc_history=val_acc_history)

    def predict(self, X):
        scores = self.loss(X)
        return np.array([int(np.argmax(row)) for row in scores])
