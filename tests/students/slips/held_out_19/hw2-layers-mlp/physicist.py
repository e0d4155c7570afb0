"""Layers as maps with pullbacks; losses as minus log-likelihoods (Gaussian of unit width, multinomial)."""

import numpy as np


class FCLayer:
    """y_nh = x_nd W_dh + b_h."""

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
        self._x = Input
        return np.einsum("nd,dh->nh", Input, self.W) + np.reshape(self.b, (1, -1))

    def backward(self, delta):
        self.grad_W = np.einsum("nd,nh->dh", self._x, delta)
        self.grad_b = np.einsum("nh->h", delta)[np.newaxis, :]
        return np.einsum("nh,dh->nd", delta, self.W)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self._theta = np.heaviside(Input, 0.0)
        return self._theta * Input

    def backward(self, delta):
        return self._theta * delta


class SigmoidLayer:
    """Occupation number of a two-level system."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self._log_occupied = -np.logaddexp(0.0, -Input)
        self._log_empty = -np.logaddexp(0.0, Input)
        return np.exp(self._log_occupied)

    def backward(self, delta):
        # variance of the occupation number
        variance = np.exp(self._log_occupied + self._log_empty)
        return delta * variance


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self._residual = np.subtract(logit, gt)
        self.acc = np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))
        self.loss = 0.5 * np.mean(np.einsum("nk,nk->n", self._residual, self._residual))
        return self.loss

    def backward(self):
        n = self._residual.shape[0]
        return self._residual / n


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        state = np.argmax(gt, axis=1)[:, None]
        ground = np.max(logit, axis=1, keepdims=True)
        energy = logit - ground
        free_energy = np.log(np.sum(np.exp(energy), axis=1, keepdims=True))
        self._delta_state = state == np.arange(logit.shape[1])
        self._p = np.exp(energy - free_energy)
        log_likelihood = np.take_along_axis(energy, state, axis=1) - free_energy
        self.acc = np.mean(np.argmax(logit, axis=1) == state[:, 0])
        self.loss = -np.mean(log_likelihood)
        return self.loss

    def backward(self):
        n = self._p.shape[0]
        return (self._p - self._delta_state) / n


class SGD:
    """Gradient flow of loss + weightDecay/2 |W|^2, discretised."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        dt = self.learningRate
        shrink = 1.0 - dt * self.weightDecay
        for layer in filter(lambda candidate: candidate.trainable, model.layerList):
            layer.W = shrink * layer.W - dt * layer.grad_W
            layer.b = layer.b - dt * layer.grad_b
