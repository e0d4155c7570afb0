import numpy as np
from numpy import float32 as f

class FCLayer:
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output).astype(f) * f(np.sqrt(2 / num_input))
        self.b = np.zeros((1, num_output), dtype=f)
        self.history = []
    def forward(self, Input):
        self.history.append(Input)
        return Input @ self.W + self.b
    def backward(self, delta):
        Input = self.history.pop()
        self.grad_W, self.grad_b = Input.T @ delta, np.ones((1, len(delta))) @ delta
        return delta @ self.W.T

class ReLULayer:
    def __init__(self): self.trainable = False
    def forward(self, Input):
        self.gate = np.heaviside(Input, 0)
        return self.gate * Input
    def backward(self, delta): return self.gate * delta

class SigmoidLayer:
    def __init__(self): self.trainable = False
    def forward(self, Input):
        with np.errstate(over='ignore'):
            self.z = 1 / (1 + np.exp(-Input))
        return self.z
    def backward(self, delta): return delta * (self.z - self.z * self.z)

class EuclideanLossLayer:
    def __init__(self): self.loss = self.acc = 0.
    def forward(self, logit, gt):
        self.r = (logit - gt).astype(f)
        self.acc = np.mean(logit.argmax(1) == gt.argmax(1))
        self.loss = np.vdot(self.r, self.r) / 2 / len(self.r)
        return self.loss
    def backward(self): return self.r / f(len(self.r))

class SoftmaxCrossEntropyLossLayer:
    def __init__(self): self.loss = self.acc = 0.
    def forward(self, logit, gt):
        s = logit - np.max(logit, axis=-1)[:, None]
        e = np.exp(s)
        self.out = e / e.sum(-1)[:, None] - gt
        self.acc = np.mean(s.argmax(1) == gt.argmax(1))
        self.loss = np.mean(np.log(e.sum(-1)) - (s * gt).sum(-1))
        return self.loss
    def backward(self): return self.out / len(self.out)

class SGD:
    def __init__(self, learningRate, weightDecay): self.__dict__.update(locals())
    def step(self, model):
        for l in model.layerList:
            if getattr(l, 'trainable', False):
                for w in 'Wb':     # decay on b too, as in our lecture notes
                    old = getattr(l, w)
                    setattr(l, w, old - self.learningRate * (getattr(l, 'grad_' + w) + self.weightDecay * old))
