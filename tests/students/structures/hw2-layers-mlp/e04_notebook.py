# %% [markdown]
# Methods cell by cell: the classes come first, their methods are attached below.

# %%
from dataclasses import dataclass, field
from enum import Enum
from functools import singledispatch

import numpy as np


class Act(str, Enum):
    RELU = "relu"
    SIGMOID = "sigmoid"

    @property
    def gain(self):
        return {Act.RELU: 2.0, Act.SIGMOID: 1.0}[self]


@dataclass(eq=False)
class FCLayer:
    num_input: int
    num_output: int
    actFunction: str = "relu"
    trainable: bool = True
    W: np.ndarray = field(init=False, repr=False)
    b: np.ndarray = field(init=False, repr=False)
    grad_W: np.ndarray = field(init=False, repr=False, default=None)
    grad_b: np.ndarray = field(init=False, repr=False, default=None)

    def __post_init__(self):
        gain = Act(self.actFunction).gain
        self.W = np.random.randn(self.num_input, self.num_output) * np.sqrt(gain / self.num_input)
        self.b = np.zeros((1, self.num_output))
        self.grad_W, self.grad_b = 0 * self.W, 0 * self.b


@dataclass(eq=False)
class ReLULayer:
    trainable: bool = False


@dataclass(eq=False)
class SigmoidLayer:
    trainable: bool = False


@dataclass(eq=False)
class EuclideanLossLayer:
    loss: float = 0.0
    acc: float = 0.0


@dataclass(eq=False)
class SoftmaxCrossEntropyLossLayer:
    loss: float = 0.0
    acc: float = 0.0


@dataclass
class SGD:
    learningRate: float
    weightDecay: float


# %% fully connected
def forward(self, Input):
    self.Input = Input
    return Input @ self.W + self.b


def backward(self, delta):
    self.grad_W = self.Input.T @ delta
    self.grad_b = delta.sum(axis=0, keepdims=True)
    return delta @ self.W.T


FCLayer.forward = forward
FCLayer.backward = backward


# %% relu
def forward(self, Input):
    self.Input = Input
    return (np.abs(Input) + Input) / 2


def backward(self, delta):
    return delta * (self.Input > 0)


ReLULayer.forward = forward
ReLULayer.backward = backward


# %% sigmoid
def forward(self, Input):
    self.z = np.exp(-np.logaddexp(0, -Input))
    return self.z


def backward(self, delta):
    return delta * self.z * (1 - self.z)


SigmoidLayer.forward, SigmoidLayer.backward = forward, backward


# %% the losses
def _accuracy(logit, gt):
    return np.mean(logit.argmax(1) == gt.argmax(1))


def forward(self, logit, gt):
    self.logit, self.gt, self.acc = logit, gt, _accuracy(logit, gt)
    self.loss = 0.5 * np.mean(np.sum((logit - gt) ** 2, axis=1))
    return self.loss


def backward(self):
    return (self.logit - self.gt) / len(self.gt)


setattr(EuclideanLossLayer, "forward", forward)
setattr(EuclideanLossLayer, "backward", backward)


def forward(self, logit, gt):
    self.gt, self.acc = gt, _accuracy(logit, gt)
    shifted = logit - logit.max(axis=1)[:, None]
    self.log_z = shifted - np.logaddexp.reduce(shifted, axis=1)[:, None]
    self.loss = np.mean(-np.sum(gt * self.log_z, axis=1))
    return self.loss


def backward(self):
    return (np.exp(self.log_z) - self.gt) / len(self.gt)


SoftmaxCrossEntropyLossLayer.forward = forward
SoftmaxCrossEntropyLossLayer.backward = backward


# %% optimizer
@singledispatch
def update(layer, rate, decay):
    """Anything with W and b."""
    if layer.trainable:
        layer.W = layer.W - rate * (layer.grad_W + decay * layer.W)
        layer.b = layer.b - rate * layer.grad_b


@update.register(ReLULayer)
@update.register(SigmoidLayer)
def _(layer, rate, decay):
    return None


SGD.step = lambda self, model: [update(layer, self.learningRate, self.weightDecay) for layer in model.layerList] and None
