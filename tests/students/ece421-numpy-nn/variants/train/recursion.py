"""Style: one call for each epoch."""
import numpy as np


def _train_on(x, t, weights, velocities, lr, gamma, left):
    if left == 0:
        return weights
    g = backward_prop(x, t, *weights)
    g = [g[key] for key in ("dW_h", "db_h", "dW_o", "db_o")] if isinstance(g, dict) else g
    velocities = [np.add(gamma * v, lr * np.asarray(d).reshape(v.shape)) for v, d in zip(velocities, g)]
    weights = [np.subtract(w, v) for w, v in zip(weights, velocities)]
    return _train_on(x, t, weights, velocities, lr, gamma, left - 1)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    d, k = x.shape[1], t.shape[1]
    w_h = np.sqrt(2 / (d + hidden)) * rng.standard_normal((d, hidden))
    w_o = np.sqrt(2 / (hidden + k)) * rng.standard_normal((hidden, k))
    weights = [w_h, np.zeros((1, hidden)), w_o, np.zeros((1, k))]
    w_h, b_h, w_o, b_o = _train_on(x, t, weights, [w * 0 for w in weights], lr, gamma, epochs)
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
