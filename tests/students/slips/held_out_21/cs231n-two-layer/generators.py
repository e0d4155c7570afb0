"""Two-layer network whose training is three streams side by side: batches, rates and losses."""

from collections import namedtuple
from itertools import count, islice

import numpy as np

Pass = namedtuple("Pass", "z1 a1 scores")


def log_probabilities(scores):
    low = scores - scores.max(axis=1, keepdims=True)
    return low - np.log(np.exp(low).sum(axis=1, keepdims=True))


def squares(*arrays):
    return sum((a * a).sum() for a in arrays)


def draws(X, y, size):
    """Batches of `size` examples, drawn with replacement, without end."""
    while True:
        rows = np.random.randint(0, len(X), size)
        yield X[rows], y[rows]


def decayed(rate, decay, per_epoch):
    """The rate of each iteration: one factor `decay` for each whole pass that lies behind it."""
    for t in count():
        yield rate * decay ** (t // per_epoch)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        sizes = (("1", input_size, hidden_size), ("2", hidden_size, output_size))
        self.params = {}
        for layer, fan_in, fan_out in sizes:
            self.params["W" + layer] = std * np.random.randn(fan_in, fan_out)
            self.params["b" + layer] = np.zeros(fan_out)

    def _forward(self, X):
        z1 = X @ self.params["W1"] + self.params["b1"]
        a1 = np.maximum(0, z1)
        return Pass(z1, a1, a1 @ self.params["W2"] + self.params["b2"])

    def loss(self, X, y=None, reg=0.0):
        z1, a1, scores = self._forward(X)
        if y is None:
            return scores
        W1, W2 = self.params["W1"], self.params["W2"]
        n = len(y)
        log_p = log_probabilities(scores)
        own = np.arange(scores.shape[1]) == np.asarray(y)[:, None]  # True at the class of the row
        loss = -log_p[own].sum() / n + reg * squares(W1, W2)
        up = (np.exp(log_p) - own) / n
        down = np.where(z1 > 0, up @ W2.T, 0)
        grads = {
            "W2": a1.T @ up + 2 * reg * W2,
            "b2": up.sum(axis=0),
            "W1": X.T @ down + 2 * reg * W1,
            "b1": down.sum(axis=0),
        }
        return loss, grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        per_epoch = max(len(X) // batch_size, 1)
        stream = zip(count(), draws(X, y, batch_size), decayed(learning_rate, learning_rate_decay, per_epoch))
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for t, (X_batch, y_batch), rate in islice(stream, num_iters):
            loss, grads = self.loss(X_batch, y_batch, reg)
            history["loss_history"].append(loss)
            self.params = {name: value - rate * grads[name] for name, value in self.params.items()}
            if t % per_epoch == 0:
                history["train_acc_history"].append(np.mean(self.predict(X_batch) == y_batch))
                history["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
        return history

    def predict(self, X):
        return self._forward(X).scores.argmax(axis=1)
