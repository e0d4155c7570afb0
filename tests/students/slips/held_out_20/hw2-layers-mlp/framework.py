"""PyTorch in miniature: Module base class with a ctx, parameter groups in the optimiser."""

import numpy as np


class Module:
    """Every module has its own ctx dictionary, filled by forward and read by backward."""

    trainable = False

    def __init__(self):
        self.ctx = {}

    def save_for_backward(self, **tensors):
        self.ctx = dict(tensors)

    def __call__(self, *args):
        return self.forward(*args)


class FCLayer(Module):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.num_input = num_input
        self.num_output = num_output
        self.actFunction = actFunction
        self.trainable = trainable
        self.reset_parameters()
        self.zero_grad()

    def reset_parameters(self):
        gain = np.sqrt(2.0) if self.actFunction == "relu" else 1.0
        self.W = gain / np.sqrt(self.num_input) * np.random.standard_normal((self.num_input, self.num_output))
        self.b = np.zeros((1, self.num_output))

    def zero_grad(self):
        self.grad_W = np.zeros((self.num_input, self.num_output))
        self.grad_b = np.zeros((1, self.num_output))

    def forward(self, Input):
        self.save_for_backward(x=Input)
        return np.matmul(Input, self.W) + self.b

    def backward(self, delta):
        x = self.ctx["x"]
        self.zero_grad()
        self.grad_W += np.matmul(x.T, delta)
        self.grad_b += np.ones((1, len(x))) @ delta
        return np.matmul(delta, self.W.T)


class ReLULayer(Module):
    def forward(self, Input):
        mask = (Input > 0).astype(Input.dtype)
        self.save_for_backward(mask=mask)
        return Input * mask

    def backward(self, delta):
        return delta * self.ctx["mask"]


class SigmoidLayer(Module):
    def forward(self, Input):
        out = np.exp(-np.logaddexp(0.0, -Input))
        self.save_for_backward(out=out)
        return out

    def backward(self, delta):
        out = self.ctx["out"]
        return delta * out * (1.0 - out)


class Loss(Module):
    def __init__(self):
        super().__init__()
        self.loss = 0.0
        self.acc = 0.0

    def score(self, logit, gt):
        hits = logit.argmax(axis=-1) == gt.argmax(axis=-1)
        self.acc = hits.mean()


class EuclideanLossLayer(Loss):
    """MSELoss with a half, reduction='batchmean'."""

    def forward(self, logit, gt):
        error = logit - gt
        self.save_for_backward(error=error)
        self.score(logit, gt)
        self.loss = np.square(error).sum(axis=-1).mean() / 2
        return self.loss

    def backward(self):
        error = self.ctx["error"]
        return error / error.shape[0]


class SoftmaxCrossEntropyLossLayer(Loss):
    @staticmethod
    def log_softmax(logit):
        shifted = logit - logit.max(axis=-1, keepdims=True)
        return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))

    def forward(self, logit, gt):
        log_probs = self.log_softmax(logit)
        self.save_for_backward(log_probs=log_probs, gt=gt)
        self.score(logit, gt)
        self.loss = -(gt * log_probs).sum(axis=-1).mean()
        return self.loss

    def backward(self):
        log_probs, gt = self.ctx["log_probs"], self.ctx["gt"]
        return (np.exp(log_probs) - gt) / gt.shape[0]


class SGD:
    """Two parameter groups: weights with decay, biases without."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.groups = [{"name": "W", "weight_decay": weightDecay}, {"name": "b", "weight_decay": 0.0}]

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            for group in self.groups:
                param = getattr(layer, group["name"])
                d_p = getattr(layer, "grad_" + group["name"]) + group["weight_decay"] * param
                setattr(layer, group["name"], param - self.learningRate * d_p)
