import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.trainable = trainable
        self.W = np.random.normal(0, np.sqrt(2 / num_input), (num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W = 0
        self.grad_b = 0

    def forward(self, Input):
        self.kept = Input
        return Input.dot(self.W) + self.b

    def backward(self, delta):
        # losses give one gradient per example (not averaged); the mean over the batch is taken here
        batch = delta.shape[0]
        self.grad_W = self.kept.T.dot(delta) / batch
        self.grad_b = delta.mean(axis=0, keepdims=True)
        return delta.dot(self.W.T)


class ReLULayer:
    trainable = False

    def forward(self, Input):
        self.kept = Input
        return np.maximum(0, Input)

    def backward(self, delta):
        return np.where(self.kept > 0, delta, 0.0)


class SigmoidLayer:
    trainable = False

    def forward(self, Input):
        self.s = 1.0 / (1.0 + np.exp(-Input))
        return self.s

    def backward(self, delta):
        return self.s * (1.0 - self.s) * delta


class EuclideanLossLayer:
    def forward(self, logit, gt):
        self.delta = logit - gt
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = 0.5 * (self.delta ** 2).sum(axis=1).mean()
        return self.loss

    def backward(self):
        return self.delta


class SoftmaxCrossEntropyLossLayer:
    def forward(self, logit, gt):
        z = logit - logit.max(1, keepdims=True)
        p = np.exp(z)
        p = p / p.sum(1, keepdims=True)
        self.delta = p - gt
        self.acc = (p.argmax(1) == gt.argmax(1)).mean()
        self.loss = -(gt * np.log(np.maximum(p, 1e-11))).sum(axis=1).mean()
        return self.loss

    def backward(self):
        return self.delta


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.lr, self.wd = learningRate, weightDecay

    def step(self, model):
        for layer in filter(lambda l: l.trainable, model.layerList):
            layer.W = (1 - self.lr * self.wd) * layer.W - self.lr * layer.grad_W
            layer.b = layer.b - self.lr * layer.grad_b
