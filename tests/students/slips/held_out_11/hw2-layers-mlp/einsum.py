"""MLP building blocks.

Index convention, as in my lecture notes:  n = example, i = input unit, j = output unit, k = class.
Everything that the backward pass needs lives in self._saved.
"""
from __future__ import annotations

import numpy as np
from numpy import einsum, newaxis


def _log_partition(x: np.ndarray) -> np.ndarray:
    """log sum_k exp x_nk for every n, without overflow."""
    top = x.max(axis=-1)
    return top + np.log(np.exp(x - top[:, newaxis]).sum(axis=-1))


def _logistic(x: np.ndarray) -> np.ndarray:
    y = np.empty(x.shape)
    pos = x >= 0
    y[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
    growth = np.exp(x[~pos])
    y[~pos] = growth / (1.0 + growth)
    return y


def _hits(scores: np.ndarray, truth: np.ndarray) -> float:
    return float((scores.argmax(-1) == truth.argmax(-1)).mean())


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        gain = {"relu": 2.0}.get(actFunction, 1.0)
        self.W = np.random.normal(0.0, np.sqrt(gain / num_input), size=(num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self._saved = Input
        return einsum("ni,ij->nj", Input, self.W) + self.b

    def backward(self, delta):
        x = self._saved
        self.grad_W = einsum("ni,nj->ij", x, delta)
        self.grad_b = einsum("nj->j", delta)[newaxis, :]
        return einsum("nj,ij->ni", delta, self.W)


class ReLULayer:
    trainable = False

    def forward(self, Input):
        self._saved = Input > 0
        return np.where(self._saved, Input, 0.0)

    def backward(self, delta):
        return np.where(self._saved, delta, 0.0)


class SigmoidLayer:
    trainable = False

    def forward(self, Input):
        self._saved = _logistic(Input)
        return self._saved

    def backward(self, delta):
        s = self._saved
        return s * (1.0 - s) * delta


class EuclideanLossLayer:
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        residual = logit - gt
        self._saved = residual
        self.acc = _hits(logit, gt)
        self.loss = einsum("nk,nk->", residual, residual) / (2.0 * residual.shape[0])
        return self.loss

    def backward(self):
        r = self._saved
        return r / r.shape[0]


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        # log z_nk = x_nk - log Z_n
        log_z = logit - _log_partition(logit)[:, newaxis]
        self._saved = (np.exp(log_z), gt)
        self.acc = _hits(logit, gt)
        self.loss = -einsum("nk,nk->n", gt, log_z).mean()
        return self.loss

    def backward(self):
        z, t = self._saved
        n_examples = len(z)
        return (z - t) / n_examples


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        eta, lam = self.learningRate, self.weightDecay
        for layer in model.layerList:
            if not layer.trainable:
                continue
            force = layer.grad_W + lam * layer.W
            layer.W = layer.W - eta * force
            layer.b = layer.b - eta * layer.grad_b
