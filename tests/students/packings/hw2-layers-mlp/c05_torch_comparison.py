# %% [markdown]
# NumPy layers, compared with PyTorch where PyTorch is installed
# %%
import copy
import os
import sys
from types import MethodType

import numpy as np

try:
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
except ImportError:
    torch = None

DTYPE = np.float64
device = "cuda" if torch is not None and torch.cuda.is_available() else "cpu"

# %%
def _no_state(*_):
    raise RuntimeError("backward before forward")


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output).astype(DTYPE) * np.sqrt({"relu": 2}.get(actFunction, 1) / num_input)
        self.b = np.zeros((1, num_output), DTYPE)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)
        self._pull = _no_state

    def forward(self, Input):
        def pull(delta):
            """Vector-Jacobian product at this input."""
            self.grad_W = Input.T @ delta
            self.grad_b = delta.sum(0, keepdims=True)
            return delta @ self.W.T
        self._pull = pull
        return Input @ self.W + self.b

    def backward(self, delta):
        return self._pull(delta)


def elementwise(name, f, df):
    """Makes the class of an activation."""
    def __init__(self):
        self.trainable = False
        self._pull = _no_state

    def forward(self, Input):
        out = f(Input)
        slope = df(Input, out)
        self._pull = lambda delta: delta * slope
        return out

    return type(name, (object,), {"__init__": __init__, "forward": forward, "backward": lambda self, delta: self._pull(delta), "__module__": __name__})


def stable_sigmoid(x):
    with np.errstate(over="ignore"):
        return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


ReLULayer = elementwise("ReLULayer", lambda x: x.clip(min=0), lambda x, a: (x > 0).astype(DTYPE))
SigmoidLayer = elementwise("SigmoidLayer", stable_sigmoid, lambda x, a: a * (1 - a))

# %%
class EuclideanLossLayer:
    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        self._delta = (logit - gt) / logit.shape[0]
        self.acc = np.mean(np.argmax(logit, 1) == np.argmax(gt, 1))
        self.loss = np.linalg.norm(logit - gt) ** 2 / (2 * logit.shape[0])
        return self.loss

    def backward(self):
        return self._delta


class SoftmaxCrossEntropyLossLayer(EuclideanLossLayer):
    def forward(self, logit, gt):
        log_z = logit - np.logaddexp.reduce(logit, axis=1, keepdims=True)
        super().forward(np.exp(log_z), gt)
        self.loss = -np.vdot(gt, log_z) / len(gt)
        return self.loss


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            for name, decay in (("W", self.weightDecay), ("b", 0.0)):
                value = getattr(layer, name)
                setattr(layer, name, value - self.learningRate * (getattr(layer, "grad_" + name) + decay * value))


# %% the same in torch
if torch is not None:
    class TorchMLP(nn.Module):
        def __init__(self, d, h, k):
            super().__init__()
            self.fc1, self.fc2 = nn.Linear(d, h), nn.Linear(h, k)

        def forward(self, x):
            return self.fc2(F.relu(self.fc1(x)))

    def compare(n=5):
        x = torch.randn(n, 4, dtype=torch.float64, requires_grad=True)
        relu = ReLULayer()
        assert np.allclose(relu.forward(x.detach().numpy()), F.relu(x).detach().numpy())

    if __name__ == "__main__":
        compare()
else:
    print("no torch here, comparison skipped", file=sys.stderr)
