"""Layers of a perceptron with care for rounding and overflow.

Sums over the batch go in chunks; what a layer keeps is a copy, so nobody can change it from outside; masks are floats.
"""

import numpy as np

DOUBLE = np.float64
CHUNK = 4


def _kept(a):
    return np.array(a, dtype=DOUBLE, copy=True)


def _parts(n):
    start = 0
    while start < n:
        stop = min(start + CHUNK, n)
        yield slice(start, stop)
        start = stop


def _share_of_hits(logit, gt):
    return float(np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)))


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self._input = _kept(Input)
        out = self._input @ self.W
        out += np.reshape(self.b, (1, -1))
        return out

    def backward(self, delta):
        delta = _kept(delta)
        grad_W = np.zeros(np.shape(self.W), dtype=DOUBLE)
        grad_b = np.zeros((1, delta.shape[1]), dtype=DOUBLE)
        for rows in _parts(delta.shape[0]):
            grad_W += self._input[rows].T @ delta[rows]
            grad_b += delta[rows].sum(axis=0, keepdims=True)
        self.grad_W, self.grad_b = grad_W, grad_b
        return delta @ np.transpose(self.W)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        Input = _kept(Input)
        self._mask = np.where(Input > 0.0, 1.0, 0.0)
        return np.where(self._mask == 1.0, Input, 0.0)

    def backward(self, delta):
        return np.where(self._mask == 1.0, delta, 0.0)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    @staticmethod
    def _stable(z):
        with np.errstate(under="ignore"):
            e = np.exp(-np.abs(z))
        return np.where(z >= 0.0, 1.0, e) / (1.0 + e), np.where(z >= 0.0, e, 1.0) / (1.0 + e)

    def forward(self, Input):
        self._z, self._one_minus_z = self._stable(_kept(Input))
        return self._z.copy()

    def backward(self, delta):
        return np.asarray(delta, dtype=DOUBLE) * self._z * self._one_minus_z


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        logit, gt = _kept(logit), _kept(gt)
        self._difference = logit - gt
        n = logit.shape[0]
        total = 0.0
        for rows in _parts(n):
            total += np.sum(np.square(self._difference[rows]))
        self.acc = _share_of_hits(logit, gt)
        self.loss = float(total / (2.0 * n))
        return self.loss

    def backward(self):
        n = self._difference.shape[0]
        return self._difference / n


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        logit, gt = _kept(logit), _kept(gt)
        n = logit.shape[0]
        top = np.max(logit, axis=1, keepdims=True)
        shifted = logit - top
        with np.errstate(under="ignore"):
            log_sum = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        log_z = shifted - log_sum
        # 0 log 0 = 0: where gt is 0 nothing is asked of the logarithm
        terms = np.where(gt != 0.0, gt * log_z, 0.0)
        total = 0.0
        for rows in _parts(n):
            total -= terms[rows].sum()
        self._log_z, self._gt = log_z, gt
        self.acc = _share_of_hits(logit, gt)
        self.loss = float(total / n)
        return self.loss

    def backward(self):
        with np.errstate(under="ignore"):
            z = np.exp(self._log_z)
        return (z - self._gt) / self._gt.shape[0]


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        rate = DOUBLE(self.learningRate)
        for layer in model.layerList:
            if not getattr(layer, "trainable", False):
                continue
            step_W = layer.grad_W + self.weightDecay * layer.W
            step_b = np.reshape(layer.grad_b, np.shape(layer.b))
            layer.W = layer.W - rate * step_W
            layer.b = layer.b - rate * step_b
