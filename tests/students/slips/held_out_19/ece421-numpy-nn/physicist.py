"""Multinomial likelihood of a one-hidden-layer model: everything from log-probabilities and Jacobians."""

import numpy as np


def _log_partition(z):
    """log of the partition function, row by row, (N, 1)."""
    ground = np.amax(z, axis=-1, keepdims=True)
    return ground + np.log(np.sum(np.exp(z - ground), axis=-1, keepdims=True))


def _labels(t):
    """(N, 1) column of class numbers."""
    return np.argmax(t, axis=1)[:, None]


def relu(x):
    return x * np.heaviside(x, 0.0)


def softmax(logits):
    return np.exp(logits - _log_partition(logits))


def compute_layer(x, w, b):
    # absorb the bias: homogeneous coordinates
    homogeneous = np.concatenate([x, np.ones((x.shape[0], 1))], axis=1)
    affine = np.vstack([w, np.reshape(b, (1, -1))])
    return homogeneous @ affine


def average_ce(target, prediction):
    likelihood = np.take_along_axis(prediction, _labels(target), axis=1)
    return -np.mean(np.log(likelihood + 1e-15))


def grad_ce(target, logits):
    n, c = logits.shape
    kronecker = _labels(target) == np.arange(c)
    # d(log Z - z_y)/dz_j = p_j - delta_{yj}
    return (softmax(logits) - kronecker) / n


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    score = grad_ce(target, z_o)
    # indices: n example, d input, h hidden, c class
    dW_o = np.einsum("nh,nc->hc", a_h, score)
    db_o = np.einsum("nc->c", score)[None, :]
    # chain of Jacobians: dz_o/da_h = w_o, da_h/dz_h = diag(theta(z_h))
    theta = np.heaviside(z_h, 0.0)
    response = np.einsum("nc,hc,nh->nh", score, w_o, theta)
    dW_h = np.einsum("nd,nh->dh", x, response)
    db_h = np.einsum("nh->h", response)[None, :]
    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    """Damped motion in the potential L: the state is (position, velocity), both flat vectors."""
    rng = np.random.default_rng(seed)
    shapes = [(x.shape[1], hidden), (1, hidden), (hidden, t.shape[1]), (1, t.shape[1])]
    sizes = [rows * columns for rows, columns in shapes]
    cuts = np.cumsum(sizes)[:-1]

    def unflatten(vector):
        return [part.reshape(shape) for part, shape in zip(np.split(vector, cuts), shapes)]

    def force(position):
        return np.concatenate([g.ravel() for g in backward_prop(x, t, *unflatten(position))])

    sigma_h = (2.0 / sum(shapes[0])) ** 0.5
    sigma_o = (2.0 / sum(shapes[2])) ** 0.5
    position = np.concatenate(
        [
            sigma_h * rng.standard_normal(sizes[0]),
            np.zeros(sizes[1]),
            sigma_o * rng.standard_normal(sizes[2]),
            np.zeros(sizes[3]),
        ]
    )
    velocity = np.zeros_like(position)
    for _ in range(epochs):
        velocity = gamma * velocity + lr * force(position)
        position = position - velocity
    w_h, b_h, w_o, b_o = unflatten(position)
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
