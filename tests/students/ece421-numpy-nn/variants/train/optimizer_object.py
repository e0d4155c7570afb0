"""Style: an optimizer object."""
import numpy as np


class _train_momentum:
    def __init__(self, lr, gamma):
        self.lr, self.gamma, self.v = lr, gamma, {}

    def step(self, weights, gradients):
        for i, g in enumerate(gradients):
            self.v[i] = self.gamma * self.v.get(i, 0) + self.lr * g
            weights[i] = weights[i] - self.v[i]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    d, c = x.shape[1], t.shape[1]
    w_h = rng.normal(0, np.sqrt(2 / (d + hidden)), (d, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + c)), (hidden, c))
    b_h, b_o = np.zeros((1, hidden)), np.zeros((1, c))
    def gradients(w_h, b_h, w_o, b_o):
        out = backward_prop(x, t, w_h, b_h, w_o, b_o)
        return [out[k] for k in ("dW_h", "db_h", "dW_o", "db_o")] if isinstance(out, dict) else list(out)

    w = [w_h, b_h, w_o, b_o]
    optimizer = _train_momentum(lr, gamma)
    for _ in range(epochs):
        optimizer.step(w, gradients(*w))
    return dict(zip(("w_h", "b_h", "w_o", "b_o"), w))
