"""Style: recursion instead of loops: log-sum-exp, the sum of losses, layers, and training steps."""
import numpy as np


def _logsumexp(row):
    if len(row) == 1:
        return row[0]
    half = len(row) // 2
    return np.logaddexp(_logsumexp(row[:half]), _logsumexp(row[half:]))


def relu(x):
    return (x + np.abs(x)) / 2


def softmax(logits):
    lse = np.array([_logsumexp(row) for row in logits])
    return np.exp(logits - lse[:, None])


def compute_layer(x, w, b):
    return np.matmul(x, w) + b


def _loss_sum(target, prediction):
    if len(target) == 1:
        return -float(np.sum(target[0][target[0] > 0] * np.log(prediction[0][target[0] > 0])))
    half = len(target) // 2
    return _loss_sum(target[:half], prediction[:half]) + _loss_sum(target[half:], prediction[half:])


def average_ce(target, prediction):
    prediction = np.clip(prediction, 1e-12, 1 - 1e-12)
    return _loss_sum(target, prediction) / len(target)


def grad_ce(target, logits):
    return (softmax(logits) - target) / logits.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    def layer(a, parameters):
        if not parameters:
            return []
        (w, b), rest = parameters[0], parameters[1:]
        z = compute_layer(a, w, b)
        out = relu(z) if rest else softmax(z)
        return [z, out, *layer(out, rest)]

    return tuple(layer(x, [(w_h, b_h), (w_o, b_o)]))


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)

    def back(delta, inputs, ws, zs):
        gradients = (inputs[-1].T @ delta, np.add.reduce(delta, axis=0)[None, :])
        if not zs:
            return gradients
        return (*back((delta @ ws[-1].T) * (zs[-1] >= 0), inputs[:-1], ws[:-1], zs[:-1]), *gradients)

    return back(grad_ce(target, z_o), [x, a_h], [w_o], [z_h])


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)

    def step(weights, velocity, left):
        if left == 0:
            return weights
        velocity = [gamma * v + lr * g for v, g in zip(velocity, backward_fast(x, t, *weights))]
        return step([w - v for w, v in zip(weights, velocity)], velocity, left - 1)

    def backward_fast(x, t, w_h, b_h, w_o, b_o):
        z = x @ w_h + b_h
        o = relu(z) @ w_o + b_o
        e = np.exp(o - o.max(1)[:, None])
        d = (e / e.sum(1)[:, None] - t) / len(x)
        dh = (d @ w_o.T) * (z >= 0)
        return x.T @ dh, dh.sum(0)[None], relu(z).T @ d, d.sum(0)[None]

    shapes = [(x.shape[1], hidden), (hidden, t.shape[1])]
    weights = []
    for shape in shapes:
        limit = np.sqrt(6 / sum(shape))
        weights += [rng.uniform(-limit, limit, shape), np.zeros((1, shape[1]))]
    w = step(weights, [0.0] * 4, epochs)
    return {"w_h": w[0], "b_h": w[1], "w_o": w[2], "b_o": w[3]}
