"""Every asked function is an object with __call__; the bias is one more row of the weights."""

import numpy as np


def with_ones(m):
    """[m | 1]"""
    return np.hstack((m, np.ones((m.shape[0], 1))))


def stack(w, b):
    """[w ; b], whatever the shape of the bias."""
    return np.vstack((w, np.reshape(b, (1, -1))))


class Relu:
    def __call__(self, x):
        out = np.array(x, dtype=float, copy=True)
        out[out < 0] = 0.0  # our own copy
        return out

    @staticmethod
    def slope(z):
        return np.heaviside(z, 0.0)


class Softmax:
    def __call__(self, logits):
        return np.exp(logits - self.log_normaliser(logits))

    @staticmethod
    def log_normaliser(logits):
        return np.logaddexp.reduce(logits, axis=1, keepdims=True)


class Affine:
    def __call__(self, x, w, b):
        return with_ones(x) @ stack(w, b)

    @staticmethod
    def back(x, delta):
        """Derivatives by w and b, of one product."""
        both = with_ones(x).T @ delta
        return both[:-1], both[-1]


class CrossEntropy:
    def __init__(self, tiny=1e-15):
        self.tiny = tiny

    def __call__(self, target, prediction):
        logs = np.log(np.clip(prediction, self.tiny, None))
        return -np.einsum("nk,nk->", target, logs) / target.shape[0]


class CrossEntropySlope:
    def __call__(self, target, logits):
        return (softmax(logits) - target) / target.shape[0]


class Forward:
    def __call__(self, x, w_h, b_h, w_o, b_o):
        z_h = compute_layer(x, w_h, b_h)
        a_h = relu(z_h)
        z_o = compute_layer(a_h, w_o, b_o)
        return z_h, a_h, z_o, softmax(z_o)


class Backward:
    def __call__(self, x, target, w_h, b_h, w_o, b_o):
        z_h, a_h, z_o, _ = forward_prop(x, w_h, b_h, w_o, b_o)
        delta = grad_ce(target, z_o)
        dw_o, db_o = Affine.back(a_h, delta)
        delta = (delta @ w_o.T) * Relu.slope(z_h)
        dw_h, db_h = Affine.back(x, delta)
        return dw_h, db_h, dw_o, db_o


class Trainer:
    NAMES = ("w_h", "b_h", "w_o", "b_o")

    def start(self, sizes, seed):
        rng = np.random.default_rng(seed)
        out = []
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
            out.append(np.sqrt(2 / (fan_in + fan_out)) * rng.standard_normal((fan_in, fan_out)))
            out.append(np.zeros(fan_out))
        return out

    def __call__(self, x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
        values = self.start((x.shape[1], hidden, t.shape[1]), seed)
        speeds = [0.0 * v for v in values]
        step = 0
        while step < epochs:
            for value, speed, slope in zip(values, speeds, backward_prop(x, t, *values)):
                speed *= gamma
                speed += lr * slope
                value -= speed
            step += 1
        return {name: value for name, value in zip(self.NAMES, values)}


relu = Relu()
softmax = Softmax()
compute_layer = Affine()
average_ce = CrossEntropy()
grad_ce = CrossEntropySlope()
forward_prop = Forward()
backward_prop = Backward()
train = Trainer()
