"""Layers with a per-instance store of what forward saw; hooks run after each forward."""
from functools import partial, wraps

import numpy as np

REGISTRY = {}


def register(kind):
    def wrap(cls):
        REGISTRY.setdefault(kind, {})[cls.__name__] = cls
        return cls

    return wrap


def remembers(*names):
    """Stores the arguments of forward under these names, and the result under 'out'."""

    def decorate(method):
        @wraps(method)
        def inner(self, *args):
            self.store = dict(zip(names, args))
            try:
                self.store["out"] = method(self, *args)
                return self.store["out"]
            finally:
                for hook in self.hooks:
                    hook(self)

        return inner

    return decorate


def accuracy_hook(layer):
    seen = layer.store
    layer.acc = float(np.mean(seen["logit"].argmax(1) == seen["gt"].argmax(1)))


class Base:
    trainable = False

    def __init__(self):
        self.store = {}
        self.hooks = []

    def need(self, name):
        if name not in self.store:
            raise RuntimeError(f"{type(self).__name__}: forward first, no {name!r}")
        return self.store[name]


@register("layer")
class FCLayer(Base):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.num_input, self.num_output = num_input, num_output
        self.trainable = trainable
        std = {"relu": np.sqrt(2 / num_input)}.get(actFunction, np.sqrt(1 / num_input))
        self.W = np.random.normal(0.0, std, size=(num_input, num_output))
        self.b = np.zeros((1, num_output))
        for name in ("W", "b"):
            setattr(self, f"grad_{name}", np.zeros_like(getattr(self, name)))

    @remembers("x")
    def forward(self, Input):
        project = partial(np.einsum, "nd,dh->nh", Input)
        return project(self.W) + self.b

    def backward(self, delta):
        grads = {
            "W": np.einsum("nd,nh->dh", self.need("x"), delta),
            "b": np.einsum("nh->h", delta)[None, :],
        }
        for name, value in grads.items():
            setattr(self, f"grad_{name}", value)
        return np.einsum("nh,dh->nd", delta, self.W)


@register("layer")
class ReLULayer(Base):
    @remembers("x")
    def forward(self, Input):
        return (np.abs(Input) + Input) / 2

    def backward(self, delta):
        mask = (self.need("x") > 0).astype(float)
        return mask * delta


@register("layer")
class SigmoidLayer(Base):
    @remembers("x")
    def forward(self, Input):
        small = np.exp(-np.abs(Input))
        upper = 1 / (1 + small)
        return np.where(Input < 0, small * upper, upper)

    def backward(self, delta):
        z = self.need("out")
        return delta * z * (1 - z)


class Loss(Base):
    def __init__(self):
        super().__init__()
        self.loss = 0.0
        self.acc = 0.0
        self.hooks.append(accuracy_hook)


@register("loss")
class EuclideanLossLayer(Loss):
    @remembers("logit", "gt")
    def forward(self, logit, gt):
        gap = logit - gt
        self.loss = np.vdot(gap, gap) / (2 * len(gap))
        return self.loss

    def backward(self):
        logit, gt = self.need("logit"), self.need("gt")
        return (logit - gt) / len(gt)


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]


@register("loss")
class SoftmaxCrossEntropyLossLayer(Loss):
    @remembers("logit", "gt")
    def forward(self, logit, gt):
        shifted = logit - logit.max(axis=1)[:, None]
        log_norm = np.log(np.exp(shifted).sum(axis=1))
        per_row = log_norm - np.einsum("nc,nc->n", gt, shifted)
        self.loss = per_row.mean()
        return self.loss

    def backward(self):
        gt = self.need("gt")
        z = softmax(self.need("logit"))
        return (z - gt) / len(gt)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.decays = {"W": weightDecay, "b": 0.0}

    def step(self, model):
        for layer in filter(lambda one: one.trainable, model.layerList):
            for name, decay in self.decays.items():
                value = getattr(layer, name)
                slope = getattr(layer, f"grad_{name}") + decay * value
                setattr(layer, name, value - self.learningRate * slope)
