"""Homework 2, parts 3 and 4: layers, losses and SGD.

Everything in one file. Shapes are checked with asserts while I debug.
"""

from typing import Optional

import numpy as np

EPS = 1e-12
DEBUG = False


def log_shape(name: str, array: np.ndarray) -> None:
    """Print a shape if DEBUG is on."""
    if DEBUG:
        print(f"[debug] {name}: {array.shape}")


def accuracy_of(scores: np.ndarray, one_hot: np.ndarray) -> float:
    """Share of rows whose largest score is the label."""
    return float(np.mean(np.argmax(scores, axis=1) == np.argmax(one_hot, axis=1)))


class FCLayer:
    """Fully connected layer, u = x W + b."""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        self.last_input: Optional[np.ndarray] = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        assert Input.ndim == 2
        self.last_input = Input.copy()
        log_shape("fc input", Input)
        return np.dot(Input, self.W) + self.b

    def backward(self, delta: np.ndarray) -> np.ndarray:
        assert self.last_input is not None, "call forward first"
        log_shape("fc delta", delta)
        self.grad_W = np.dot(self.last_input.T, delta)
        self.grad_b = delta.sum(axis=0).reshape(1, -1)
        return np.dot(delta, np.transpose(self.W))


class ReLULayer:
    """Rectifier."""

    def __init__(self):
        self.trainable = False
        self.mask = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        self.mask = Input <= 0
        out = Input.copy()
        out[self.mask] = 0.0
        return out

    def backward(self, delta: np.ndarray) -> np.ndarray:
        dx = delta.copy()
        dx[self.mask] = 0.0
        return dx


class SigmoidLayer:
    """Logistic function, both branches separately so that nothing overflows."""

    def __init__(self):
        self.trainable = False
        self.z = None

    def forward(self, Input: np.ndarray) -> np.ndarray:
        z = np.empty(Input.shape)
        positive = Input >= 0
        z[positive] = 1.0 / (1.0 + np.exp(-Input[positive]))
        grown = np.exp(Input[~positive])
        z[~positive] = grown / (1.0 + grown)
        self.z = z
        return z

    def backward(self, delta: np.ndarray) -> np.ndarray:
        local = self.z * (1.0 - self.z)
        return delta * local


class EuclideanLossLayer:
    """1/(2N) sum of squares."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.logit = None
        self.gt = None

    def forward(self, logit: np.ndarray, gt: np.ndarray) -> float:
        assert logit.shape == gt.shape
        self.logit = logit
        self.gt = gt
        n_rows = logit.shape[0]
        squares = np.square(logit - gt)
        self.loss = 0.5 * np.mean(np.sum(squares, axis=1))
        self.acc = accuracy_of(logit, gt)
        log_shape("euclid rows %d" % n_rows, logit)
        return self.loss

    def backward(self) -> np.ndarray:
        n_rows = self.logit.shape[0]
        return (self.logit - self.gt) / n_rows


class SoftmaxCrossEntropyLossLayer:
    """Softmax and cross-entropy in one."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.prob = None
        self.gt = None

    def forward(self, logit: np.ndarray, gt: np.ndarray) -> float:
        assert logit.shape == gt.shape
        row_max = np.max(logit, axis=1)[:, np.newaxis]
        exps = np.exp(logit - row_max)
        self.prob = exps / np.sum(exps, axis=1)[:, np.newaxis]
        self.gt = gt
        losses = -np.sum(gt * np.log(self.prob + EPS), axis=1)
        self.loss = np.mean(losses)
        self.acc = accuracy_of(logit, gt)
        return self.loss

    def backward(self) -> np.ndarray:
        batch = len(self.gt)
        return (self.prob - self.gt) / batch


class SGD:
    """Plain descent with weight decay (not on the bias)."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            step_W = layer.grad_W + self.weightDecay * layer.W
            step_b = layer.grad_b
            layer.W = layer.W - self.learningRate * step_W
            layer.b = layer.b - self.learningRate * step_b


if __name__ == "__main__":
    np.random.seed(0)
    X = np.random.randn(4, 3)
    T = np.eye(5)[[0, 2, 4, 1]]
    fc1, act, fc2, loss = FCLayer(3, 6), ReLULayer(), FCLayer(6, 5), SoftmaxCrossEntropyLossLayer()

    def run():
        return loss.forward(fc2.forward(act.forward(fc1.forward(X))), T)

    run()
    fc1.backward(act.backward(fc2.backward(loss.backward())))
    analytic = fc1.grad_W[1, 2]
    h = 1e-6
    fc1.W[1, 2] += h
    up = run()
    fc1.W[1, 2] -= 2 * h
    down = run()
    print("analytic", analytic, "numeric", (up - down) / (2 * h))
