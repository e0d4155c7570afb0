"""
Multi-Layer Perceptron building blocks
======================================

Fully-connected layer, ReLU / Sigmoid activations, Euclidean and softmax
cross-entropy losses and an SGD optimizer with weight decay.
"""

import logging

import numpy as np

logger = logging.getLogger("mlp")

EPSILON = 1e-12


class FCLayer:
    """Fully connected (dense) layer: ``Y = X @ W + b``."""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.XavierInit(actFunction)
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))
        self.cache = {}

    def XavierInit(self, actFunction):
        """He initialisation for ReLU, Xavier otherwise."""
        raw_std = (2 / self.num_input) ** 0.5 if actFunction == "relu" else (1 / self.num_input) ** 0.5
        self.W = np.random.randn(self.num_input, self.num_output) * raw_std
        self.b = np.zeros((1, self.num_output))

    def forward(self, Input):
        """Forward pass."""
        self.cache["Input"] = Input
        return np.dot(Input, self.W) + self.b

    def backward(self, delta):
        """Backward pass: computes parameter gradients and returns the input gradient."""
        Input = self.cache["Input"]
        self.grad_W = np.dot(Input.T, delta)
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        return np.dot(delta, self.W.T)


class ReLULayer:
    """Rectified Linear Unit."""

    def __init__(self):
        self.trainable = False
        self.cache = {}

    def forward(self, Input):
        """Forward pass."""
        self.cache["mask"] = Input > 0
        return Input * self.cache["mask"]

    def backward(self, delta):
        """Backward pass."""
        grad = delta.copy()
        grad[~self.cache["mask"]] = 0.0
        return grad


class SigmoidLayer:
    """Logistic sigmoid."""

    def __init__(self):
        self.trainable = False
        self.cache = {}

    def forward(self, Input):
        """Forward pass (clipped for numerical stability)."""
        out = 1.0 / (1.0 + np.exp(-np.clip(Input, -500, 500)))
        self.cache["out"] = out
        return out

    def backward(self, delta):
        """Backward pass."""
        out = self.cache["out"]
        return delta * out * (1.0 - out)


class EuclideanLossLayer:
    """Euclidean (L2) loss."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.cache = {}

    def forward(self, logit, gt):
        """Compute the loss and the accuracy."""
        batch_size = logit.shape[0]
        diff = logit - gt
        self.cache = {"diff": diff, "batch_size": batch_size}
        self.loss = 0.5 * np.sum(diff**2) / batch_size
        self.acc = np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))
        logger.debug("loss %.4f acc %.4f", self.loss, self.acc)
        return self.loss

    def backward(self):
        """Gradient w.r.t. the logits."""
        return self.cache["diff"] / self.cache["batch_size"]


class SoftmaxCrossEntropyLossLayer:
    """Softmax followed by the cross-entropy loss."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.cache = {}

    def forward(self, logit, gt):
        """Compute the loss and the accuracy."""
        batch_size = logit.shape[0]
        shifted = logit - np.max(logit, axis=1, keepdims=True)
        exp_logit = np.exp(shifted)
        probs = exp_logit / np.sum(exp_logit, axis=1, keepdims=True)
        self.cache = {"probs": probs, "gt": gt, "batch_size": batch_size}
        self.loss = -np.sum(gt * np.log(probs + EPSILON)) / batch_size
        self.acc = np.mean(np.argmax(probs, axis=1) == np.argmax(gt, axis=1))
        logger.debug("loss %.4f acc %.4f", self.loss, self.acc)
        return self.loss

    def backward(self):
        """Gradient w.r.t. the logits."""
        grad = self.cache["probs"].copy()
        grad -= self.cache["gt"]
        grad /= self.cache["batch_size"]
        return grad


class SGD:
    """Stochastic gradient descent with L2 weight decay."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        """Update all trainable layers."""
        for layer in model.layerList:
            if layer.trainable:
                layer.W -= self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                layer.b -= self.learningRate * layer.grad_b


if __name__ == "__main__":
    np.random.seed(42)
    X = np.random.randn(100, 8)
    gt = np.eye(3)[np.random.randint(0, 3, 100)]

    class Net:
        layerList = [FCLayer(8, 16), ReLULayer(), FCLayer(16, 3)]

    net, criterion, optimizer = Net(), SoftmaxCrossEntropyLossLayer(), SGD(0.1, 1e-4)
    history = []
    for epoch in range(50):
        out = X
        for layer in net.layerList:
            out = layer.forward(out)
        history.append(criterion.forward(out, gt))
        delta = criterion.backward()
        for layer in reversed(net.layerList):
            delta = layer.backward(delta)
        optimizer.step(net)
    try:
        import matplotlib.pyplot as plt

        plt.plot(history)
        plt.savefig("loss.png")
    except Exception as exc:
        print(f"no plot: {exc}")
