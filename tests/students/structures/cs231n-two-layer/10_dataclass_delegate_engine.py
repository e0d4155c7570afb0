"""TwoLayerNet delegates to stateless functions and forwards unknown attributes to its (live) params."""
from dataclasses import InitVar, dataclass, field
from typing import ClassVar, Tuple

import numpy as np


@dataclass
class TwoLayerNet:
    input_size: InitVar[int]
    hidden_size: InitVar[int]
    output_size: InitVar[int]
    std: InitVar[float] = 1e-4
    params: dict = field(init=False, default_factory=dict, repr=False)

    WEIGHTS: ClassVar[Tuple[str, ...]] = ("W1", "W2")

    def __post_init__(self, input_size, hidden_size, output_size, std):
        dims = (input_size, hidden_size, output_size)
        for i in (1, 2):
            self.params["W%d" % i] = np.random.normal(0.0, std, dims[i - 1 : i + 1])
            self.params["b%d" % i] = np.zeros(dims[i])

    def __getattr__(self, name):
        params = self.__dict__.get("params", {})
        if name in params:
            return params[name]
        raise AttributeError(name)

    def __len__(self):
        return sum(v.size for v in self.params.values())

    def loss(self, X, y=None, reg=0.0):
        a1, scores = self.forward(X, self.W1, self.b1, self.W2, self.b2)
        if y is None:
            return scores
        loss, delta2 = self.cross_entropy(scores, y)
        grads = self.backward(X, a1, delta2, self.W2)
        for k in self.WEIGHTS:
            grads[k] = grads[k] + 2 * reg * self.params[k]
        return loss + reg * sum(np.linalg.norm(self.params[k], "fro") ** 2 for k in self.WEIGHTS), grads

    @staticmethod
    def forward(X, W1, b1, W2, b2):
        a1 = TwoLayerNet.relu(X @ W1 + b1)
        return a1, a1 @ W2 + b2

    @staticmethod
    def relu(z):
        return np.maximum(z, 0)

    @staticmethod
    def cross_entropy(scores, y):
        shift = scores.max(axis=1, keepdims=True)
        log_p = scores - shift - np.log(np.exp(scores - shift).sum(axis=1, keepdims=True))
        delta = np.exp(log_p)
        picked = np.take_along_axis(log_p, y[:, None], 1)
        np.put_along_axis(delta, y[:, None], np.exp(picked) - 1, 1)
        return -picked.mean(), delta / len(y)

    @classmethod
    def backward(cls, X, a1, delta2, W2):
        delta1 = (delta2 @ W2.T) * (a1 > 0)
        return {"W1": X.T @ delta1, "b1": delta1.sum(0), "W2": a1.T @ delta2, "b2": delta2.sum(0)}

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
        history = History(self, X_val, y_val)
        per_epoch = max(len(X) // batch_size, 1)
        for it in range(num_iters):
            idx = np.random.choice(len(X), batch_size, replace=len(X) < batch_size)
            loss, grads = self.loss(X[idx], y[idx], reg)
            history.batch(loss)
            for k, g in grads.items():
                self.params[k] = self.params[k] - learning_rate * g
            if (it + 1) % per_epoch == 0:
                history.epoch(X[idx], y[idx])
                learning_rate *= learning_rate_decay
        return history

    def predict(self, X):
        return self.loss(X).argmax(axis=1).reshape(-1, 1)[:, 0]


class History(dict):
    def __init__(self, net, X_val, y_val):
        super().__init__(loss_history=[], train_acc_history=[], val_acc_history=[])
        self._net, self._val = net, (X_val, y_val)

    def batch(self, loss):
        self["loss_history"].append(float(loss))

    def epoch(self, X, y):
        self["train_acc_history"].append(np.mean(self._net.predict(X) == y))
        self["val_acc_history"].append(np.mean(self._net.predict(self._val[0]) == self._val[1]))
