"""Style: dictionaries by name."""
import numpy as np


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    d, c = x.shape[1], t.shape[1]
    w_h = rng.normal(0, np.sqrt(2 / (d + hidden)), (d, hidden))
    w_o = rng.normal(0, np.sqrt(2 / (hidden + c)), (hidden, c))
    b_h, b_o = np.zeros((1, hidden)), np.zeros((1, c))
    def gradients(w_h, b_h, w_o, b_o):
        out = backward_prop(x, t, w_h, b_h, w_o, b_o)
        return [out[k] for k in ("dW_h", "db_h", "dW_o", "db_o")] if isinstance(out, dict) else list(out)

    w = {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
    v = {name: np.zeros_like(value) for name, value in w.items()}
    for _ in range(epochs):
        g = dict(zip(w, gradients(**w)))
        for name in w:
            v[name] = gamma * v[name] + lr * g[name]
        for name in w:
            w[name] = w[name] - v[name]
    return w
