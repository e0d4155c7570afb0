import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.trainable, s = trainable, (num_input, num_output)
        self.num_input, self.num_output = s
        self.W, self.b = np.random.randn(*s) * ((1 + (actFunction == "relu")) / s[0]) ** 0.5, np.zeros((1, s[1]))
        self.grad_W, self.grad_b = self.W * 0, self.b * 0

    def forward(self, Input):
        self.x = Input
        return Input @ self.W + self.b

    def backward(self, delta):
        self.grad_W, self.grad_b = self.x.T @ delta, delta.sum(0, keepdims=True)
        return delta @ self.W.T


class ReLULayer:
    trainable = False

    def forward(self, Input):
        self.o = (np.abs(Input) + Input) / 2
        return self.o

    def backward(self, delta): return delta * (self.o > 0)


class SigmoidLayer:
    trainable = False

    def forward(self, Input):
        self.z = 1 / (1 + np.exp(-Input.clip(-500, 500)))
        return self.z

    def backward(self, delta): return delta * (self.z - self.z**2)


class EuclideanLossLayer:
    loss = acc = 0.0

    def forward(self, logit, gt):
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        self.loss = ((d := logit - gt) ** 2).sum() / 2 / (n := len(gt))
        self.d = d / n
        return self.loss

    def backward(self): return self.d


class SoftmaxCrossEntropyLossLayer:
    loss = acc = 0.0

    def forward(self, logit, gt):
        self.acc = (logit.argmax(1) == (t := gt.argmax(1))).mean()
        n, e = len(gt), np.exp(s := logit - logit.max(1)[:, None])
        self.d = (e / (Z := e.sum(1))[:, None] - gt) / n
        self.loss = (np.log(Z) - s[range(n), t]).sum() / n
        return self.loss

    def backward(self): return self.d


class SGD:
    def __init__(self, learningRate, weightDecay): self.r, self.k = learningRate, 1 - learningRate * weightDecay

    def step(self, model):
        for l in [l for l in model.layerList if l.trainable]:
            l.W, l.b = self.k * l.W - self.r * l.grad_W, l.b - self.r * l.grad_b
