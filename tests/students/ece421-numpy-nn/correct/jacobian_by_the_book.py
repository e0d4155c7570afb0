"""Softmax's Jacobian written out for each example and multiplied with dL/dp, as in the derivation."""
import numpy as np


def relu(x):
    return np.fmax(x, 0)


def softmax(logits):
    z = logits - np.repeat(np.max(logits, axis=1)[:, np.newaxis], logits.shape[1], axis=1)
    return np.exp(z) / np.exp(z).sum(axis=1)[:, np.newaxis]


def compute_layer(x, w, b):
    return np.tensordot(x, w, axes=1) + np.tile(b, (x.shape[0], 1))


def average_ce(target, prediction):
    from math import log

    total = sum(log(max(p, 1e-15)) for t, p in zip(target.flat, prediction.flat) if t)
    return -total / target.shape[0]


def grad_ce(target, logits):
    """(J^T (-t/p)) = p sum(t) - t, where the division cancels before it can fail."""
    p = softmax(logits)
    return np.stack([row * t.sum() - t for row, t in zip(p, target)]) / len(target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return (z_h, a_h, z_o, softmax(z_o))


def relu_derivative(z):
    d = np.zeros(z.shape)
    d[z > 0] = 1
    return d


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    dL_dzo = grad_ce(target, z_o)
    dL_dah = np.matmul(dL_dzo, np.transpose(w_o))
    dL_dzh = dL_dah * relu_derivative(z_h)
    return (
        np.matmul(np.transpose(x), dL_dzh),
        np.sum(dL_dzh, axis=0)[np.newaxis, :],
        np.matmul(np.transpose(a_h), dL_dzo),
        np.sum(dL_dzo, axis=0)[np.newaxis, :],
    )


def step(parameters, velocities, gradients, lr, gamma):
    new_v = tuple(gamma * v + lr * g for v, g in zip(velocities, gradients))
    return tuple(w - v for w, v in zip(parameters, new_v)), new_v


def initial(D, H, C, seed):
    rng = np.random.default_rng(seed)
    first = rng.normal(loc=0.0, scale=np.sqrt(2.0 / (D + H)), size=(D, H))
    second = rng.normal(loc=0.0, scale=np.sqrt(2.0 / (H + C)), size=(H, C))
    return first, np.zeros((1, H)), second, np.zeros((1, C))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    parameters = initial(x.shape[1], hidden, t.shape[1], seed)
    velocities = tuple(np.zeros(p.shape) for p in parameters)
    for _ in range(epochs):
        gradients = backward_prop(x, t, *parameters)
        parameters, velocities = step(parameters, velocities, gradients, lr, gamma)
    w_h, b_h, w_o, b_o = parameters
    return {"b_o": b_o, "w_o": w_o, "b_h": b_h, "w_h": w_h}
