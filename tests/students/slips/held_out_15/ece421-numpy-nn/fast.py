"""NumPy network that writes into buffers: one flat parameter vector, one flat gradient, one flat velocity."""

import numpy as np


def relu(x):
    out = np.empty(x.shape)
    np.maximum(x, 0.0, out=out)
    return out


def softmax(logits):
    out = np.subtract(logits, np.maximum.reduce(logits, axis=1, keepdims=True))
    np.exp(out, out=out)
    out /= np.einsum("nc->n", out)[:, None]
    return out


def compute_layer(x, w, b):
    out = np.empty((x.shape[0], w.shape[1]))
    np.matmul(x, w, out=out)
    out += np.asarray(b).reshape(-1)
    return out


def average_ce(target, prediction):
    rows = np.arange(len(target))
    labels = target.argmax(axis=1)
    picked = prediction[rows, labels]
    np.log(picked, out=picked)
    return -picked.mean()


def grad_ce(target, logits):
    out = softmax(logits)
    rows, columns = np.nonzero(target)
    out[rows, columns] -= target[rows, columns]
    out *= 1.0 / len(out)
    return out


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def _fill(x, target, w_o, a_h, p, out):
    """Writes the four gradients into `out`; p becomes the output delta."""
    dW_h, db_h, dW_o, db_o = out
    p -= target
    p /= len(x)
    np.matmul(a_h.T, p, out=dW_o)
    np.add.reduce(p, axis=0, keepdims=True, out=db_o)
    d_h = p @ w_o.T
    d_h[a_h <= 0] = 0.0
    np.matmul(x.T, d_h, out=dW_h)
    np.add.reduce(d_h, axis=0, keepdims=True, out=db_h)
    return out


def _views(flat, D, H, C):
    """w_h, b_h, w_o, b_o as windows on one vector."""
    shapes = (D, H), (1, H), (H, C), (1, C)
    ends = np.cumsum([r * c for r, c in shapes])
    return tuple(part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes))


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    _, a_h, _, p = forward_prop(x, w_h, b_h, w_o, b_o)
    (D, H), C = w_h.shape, w_o.shape[1]
    return _fill(x, target, w_o, a_h, p, _views(np.empty((D + 1) * H + (H + 1) * C), D, H, C))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[1], t.shape[1]
    size = (D + 1) * hidden + (hidden + 1) * C
    flat, gradient, velocity, scaled = np.zeros((4, size))
    w_h, b_h, w_o, b_o = weights = _views(flat, D, hidden, C)
    w_h[...] = rng.normal(0.0, np.sqrt(2.0 / (D + hidden)), w_h.shape)
    w_o[...] = rng.normal(0.0, np.sqrt(2.0 / (hidden + C)), w_o.shape)
    slots = _views(gradient, D, hidden, C)
    for _ in range(epochs):
        _, a_h, _, p = forward_prop(x, *weights)
        _fill(x, t, w_o, a_h, p, slots)
        velocity *= gamma
        np.multiply(gradient, lr, out=scaled)
        velocity += scaled
        flat -= velocity
    return {"w_h": w_h.copy(), "b_h": b_h.copy(), "w_o": w_o.copy(), "b_o": b_o.copy()}
