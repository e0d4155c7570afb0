"""Works with classes as rows (scores (C, N)); the regularisation is lamda * sum W^2 with the derivative 2 lamda W."""
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Classifier:
    theta: np.ndarray  # (C, D)
    strength: float
    cache: dict = field(default_factory=dict)

    def forward(self, columns):
        """columns (D, N) -> log-probabilities (C, N)"""
        s = np.asfortranarray(self.theta @ columns)
        order = np.argsort(-s, axis=0, kind="stable")
        s = s - np.take_along_axis(s, order[:1], axis=0)
        log_z = s - np.log(np.sum(np.exp(s), axis=0, keepdims=True))
        self.cache = {"x": columns, "log_z": log_z, "winner": order[0]}
        return log_z

    def loss(self, targets):
        rows = np.argmax(targets, axis=0)
        chosen = self.cache["log_z"][rows, np.arange(rows.size)]
        return -chosen.mean() + self.strength * np.square(self.theta).sum()

    def slope(self, targets):
        error = np.exp(self.cache["log_z"])
        error[targets.astype(bool)] -= 1
        return error @ self.cache["x"].T / targets.shape[1] + 2 * self.strength * self.theta


def softmax_classifier(W, input, label, lamda):
    model = Classifier(W.T.copy(), lamda)
    model.forward(input.T)
    return model.loss(label.T), np.ascontiguousarray(model.slope(label.T).T), model.cache["winner"].astype(float)
