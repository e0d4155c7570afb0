"""Layers that check every shape they see and remember everything in a dictionary `cache`."""

import numpy as np


def need(condition, message):
    if not condition:
        raise ValueError(message)


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.actFunction = actFunction
        self.trainable = trainable
        if actFunction == "relu":
            variance = 2.0 / num_input
        else:
            variance = 1.0 / num_input
        std = np.sqrt(variance)
        self.W = np.random.normal(loc=0.0, scale=std, size=(num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W = None
        self.grad_b = None
        self.cache = {}

    def forward(self, Input):
        need(Input.ndim == 2, f"Input must have two axes, has {Input.shape}")
        need(Input.shape[1] == self.W.shape[0], f"{Input.shape} does not fit W {self.W.shape}")
        self.cache["Input"] = Input.copy()
        product = np.dot(Input, self.W)
        out = product + self.b
        need(out.shape == (Input.shape[0], self.W.shape[1]), "out")
        del product
        return out

    def backward(self, delta):
        Input = self.cache["Input"]
        need(delta.shape == (Input.shape[0], self.W.shape[1]), f"delta {delta.shape}")
        grad_W = np.dot(Input.T, delta)
        need(grad_W.shape == self.W.shape, f"grad_W {grad_W.shape}")
        grad_b = np.sum(delta, axis=0).reshape(1, -1)
        need(grad_b.shape == (1, self.W.shape[1]), f"grad_b {grad_b.shape}")
        grad_input = np.dot(delta, self.W.T)
        need(grad_input.shape == Input.shape, f"grad_input {grad_input.shape}")
        self.grad_W = grad_W
        self.grad_b = grad_b
        return grad_input


class ReLULayer:
    def __init__(self):
        self.trainable = False
        self.cache = {}

    def forward(self, Input):
        out = Input.copy()
        negative = Input <= 0
        out[negative] = 0.0
        self.cache["negative"] = negative
        need(out.min() >= 0, "a ReLU is never negative")
        return out

    def backward(self, delta):
        negative = self.cache["negative"]
        need(delta.shape == negative.shape, "delta")
        grad = delta.copy()
        grad[negative] = 0.0
        return grad


class SigmoidLayer:
    def __init__(self):
        self.trainable = False
        self.cache = {}

    def forward(self, Input):
        z = np.empty(Input.shape)
        above = Input >= 0
        below = ~above
        z[above] = 1.0 / (1.0 + np.exp(-Input[above]))
        exp_below = np.exp(Input[below])
        z[below] = exp_below / (1.0 + exp_below)
        need(np.all((z >= 0) & (z <= 1)), "a sigmoid lies between 0 and 1")
        self.cache["z"] = z.copy()
        return z

    def backward(self, delta):
        z = self.cache["z"]
        need(delta.shape == z.shape, "delta")
        one_minus_z = 1.0 - z
        local = z * one_minus_z
        return delta * local


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.cache = {}

    def forward(self, logit, gt):
        need(logit.shape == gt.shape, f"{logit.shape} and {gt.shape}")
        N = logit.shape[0]
        diff = logit - gt
        squares = diff * diff
        per_row = squares.sum(axis=1)
        need(per_row.shape == (N,), "per_row")
        self.loss = 0.5 * per_row.sum() / N
        self.acc = np.sum(logit.argmax(axis=1) == gt.argmax(axis=1)) / N
        self.cache = {"diff": diff, "N": N}
        return self.loss

    def backward(self):
        diff = self.cache["diff"]
        N = self.cache["N"]
        delta = diff / N
        return delta


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.cache = {}

    def forward(self, logit, gt):
        need(logit.shape == gt.shape, f"{logit.shape} and {gt.shape}")
        N, C = logit.shape
        biggest = np.max(logit, axis=1).reshape(N, 1)
        shifted = logit - biggest
        exps = np.exp(shifted)
        sums = np.sum(exps, axis=1).reshape(N, 1)
        need(np.all(sums >= 1), "sums")
        log_z = shifted - np.log(sums)
        z = exps / sums
        need(np.allclose(z.sum(axis=1), 1), "rows of z sum to 1")
        picked = np.where(gt == 1, log_z, 0.0)
        self.loss = -np.sum(picked) / N
        self.acc = np.sum(np.argmax(z, axis=1) == np.argmax(gt, axis=1)) / N
        self.cache["z"] = z
        self.cache["gt"] = gt.copy()
        return self.loss

    def backward(self):
        z, gt = self.cache["z"], self.cache["gt"]
        N = gt.shape[0]
        delta = z - gt
        delta = delta / N
        need(delta.shape == gt.shape, "delta")
        return delta


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for number, layer in enumerate(model.layerList):
            if layer.trainable is False:
                continue
            need(layer.grad_W.shape == layer.W.shape, f"layer {number}: grad_W")
            total_grad_W = layer.grad_W + self.weightDecay * layer.W
            step_W = self.learningRate * total_grad_W
            step_b = self.learningRate * layer.grad_b
            layer.W = layer.W - step_W
            layer.b = layer.b - step_b
            del total_grad_W, step_W, step_b
