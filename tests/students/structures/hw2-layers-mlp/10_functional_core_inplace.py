"""Pure functions below, classes above; ufuncs with out=, steps in place on own copies, a generator unpacked into attributes."""
import contextlib
import typing

import numpy as np

if typing.TYPE_CHECKING:
    import tensorflow as tf

try:
    import tensorflow as tf
except Exception:
    tf = None


class Affine(typing.NamedTuple):
    out: np.ndarray
    cache: tuple


def affine(x, w, b) -> Affine:
    out = np.empty((x.shape[0], w.shape[1]))
    np.matmul(x, w, out=out)
    out += b
    return Affine(out, (x, w))


def affine_pullback(cache, delta):
    x, w = cache
    yield delta @ w.T
    yield x.T @ delta
    yield delta.sum(axis=0, keepdims=True)


@contextlib.contextmanager
def quiet():
    with np.errstate(all="ignore"):
        yield


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
        out, self.cache = affine(Input, self.W, self.b)
        return out

    def backward(self, delta):
        dx, self.grad_W, self.grad_b = affine_pullback(self.cache, delta)
        return dx


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.on = np.greater(Input, 0)
        return np.multiply(Input, self.on)

    def backward(self, delta):
        return np.multiply(delta, self.on)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        with quiet():
            z = np.negative(Input)
            np.exp(z, out=z)
            z += 1
            np.reciprocal(z, out=z)
        self.z = z
        return z

    def backward(self, delta):
        out = 1 - self.z
        out *= self.z
        out *= delta
        return out


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.diff = np.subtract(logit, gt)
        self.acc = np.count_nonzero(logit.argmax(1) == gt.argmax(1)) / len(gt)
        self.loss = np.asarray([np.dot(self.diff.ravel(), self.diff.ravel()) / (2 * len(gt))])  # one entry
        return self.loss

    def backward(self):
        return self.diff * (1 / len(self.diff))


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        z = logit - logit.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        self.p, self.gt = p, gt
        self.acc = np.count_nonzero(logit.argmax(1) == gt.argmax(1)) / len(gt)
        z -= np.log(total)
        z *= gt
        self.loss = -z.sum(keepdims=True)[0] / len(gt)  # one entry
        return self.loss

    def backward(self):
        return (self.p - self.gt) / self.p.shape[0]


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            with quiet():
                W, b = layer.W.copy(), layer.b.copy()
                W *= 1 - self.learningRate * self.weightDecay
                W -= self.learningRate * layer.grad_W
                b -= self.learningRate * layer.grad_b
                layer.W, layer.b = W, b
