"""Neural network with one hidden layer; numerically guarded throughout.

Everything runs through log-probabilities, sums over the batch are taken in chunks (and added in double precision),
masks are floats.
"""

import numpy as np

FLOAT = np.float64
CHUNK = 256


def _as_double(*arrays):
    """Double precision copies or views; never written to."""
    return tuple(np.asarray(a, dtype=FLOAT) for a in arrays)


def _chunks(n, size=CHUNK):
    """Slices that cover range(n)."""
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))


def _log_sum_exp(z):
    """log of the sum of exponentials of each row, (N, 1)."""
    top = np.max(z, axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    return top + np.log(np.sum(np.exp(z - top), axis=1, keepdims=True))


def _log_softmax(z):
    return z - _log_sum_exp(z)


def _step_function(z):
    """1.0 where z is positive, else 0.0."""
    return (z > 0).astype(FLOAT)


def relu(x):
    (x,) = _as_double(x)
    with np.errstate(invalid="ignore"):
        return np.where(x > 0.0, x, 0.0)


def softmax(logits):
    (logits,) = _as_double(logits)
    with np.errstate(under="ignore"):
        return np.exp(_log_softmax(logits))


def compute_layer(x, w, b):
    x, w, b = _as_double(x, w, b)
    out = np.empty((x.shape[0], w.shape[1]), dtype=FLOAT)
    out[...] = b
    out += x @ w
    return out


def average_ce(target, prediction):
    target, prediction = _as_double(target, prediction)
    asked = target != 0.0
    with np.errstate(divide="ignore"):
        log_p = np.log(prediction, out=np.zeros_like(prediction), where=asked)
    n = target.shape[0]
    total = 0.0
    for rows in _chunks(n):
        total += np.sum(target[rows] * log_p[rows])
    return -total / n


def grad_ce(target, logits):
    target, logits = _as_double(target, logits)
    scale = 1.0 / target.shape[0]
    return scale * (softmax(logits) - target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    x, target, w_o = _as_double(x, target, w_o)
    n = x.shape[0]
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    residual = np.exp(_log_softmax(z_o)) - target
    d_w_h, d_b_h = np.zeros(np.shape(w_h)), np.zeros((1, np.shape(w_h)[1]))
    d_w_o, d_b_o = np.zeros(np.shape(w_o)), np.zeros((1, np.shape(w_o)[1]))
    for rows in _chunks(n):
        d_o = residual[rows]
        d_w_o += a_h[rows].T @ d_o
        d_b_o += d_o.sum(axis=0, keepdims=True)
        d_h = (d_o @ w_o.T) * _step_function(z_h[rows])
        d_w_h += x[rows].T @ d_h
        d_b_h += d_h.sum(axis=0, keepdims=True)
    # one division, at the end, loses least
    return d_w_h / n, d_b_h / n, d_w_o / n, d_b_o / n


def _first_weights(rng, inputs, outputs):
    deviation = np.sqrt(2.0 / (inputs + outputs))
    return rng.normal(loc=0.0, scale=deviation, size=(inputs, outputs)).astype(FLOAT)


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    x, t = _as_double(x, t)
    hidden = int(hidden)
    rng = np.random.default_rng(seed)
    names = ("w_h", "b_h", "w_o", "b_o")
    w = {
        "w_h": _first_weights(rng, x.shape[1], hidden),
        "b_h": np.zeros((1, hidden), dtype=FLOAT),
        "w_o": _first_weights(rng, hidden, t.shape[1]),
        "b_o": np.zeros((1, t.shape[1]), dtype=FLOAT),
    }
    v = {name: np.zeros_like(w[name]) for name in names}
    for _ in range(int(epochs)):
        gradients = dict(zip(names, backward_prop(x, t, *(w[name] for name in names))))
        for name in names:
            if not np.all(np.isfinite(gradients[name])):
                raise FloatingPointError("gradient of " + name)
            v[name] = gamma * v[name] + lr * gradients[name]
            w[name] = w[name] - v[name]
    return w
