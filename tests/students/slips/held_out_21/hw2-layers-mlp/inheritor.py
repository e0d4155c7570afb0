import numpy as np


class Module:
    """Everything that has a forward and a backward; keeps what it saw in self.memory."""

    trainable = False

    def __init__(self):
        self.memory = {}

    def remember(self, **things):
        self.memory.update(things)

    def recall(self, name):
        return self.memory[name]


class Elementwise(Module):
    """function and derivative come from the subclass; the derivative gets what was remembered."""

    def function(self, x):
        raise NotImplementedError

    def derivative(self):
        raise NotImplementedError

    def forward(self, Input):
        out = self.function(Input)
        self.remember(x=Input, y=out)
        return out

    def backward(self, delta):
        return delta * self.derivative()


class ReLULayer(Elementwise):
    def function(self, x):
        return x.clip(min=0)

    def derivative(self):
        return np.heaviside(self.recall("x"), 0.0)


class SigmoidLayer(Elementwise):
    def function(self, x):
        return np.exp(-np.logaddexp(0.0, -x))

    def derivative(self):
        y = self.recall("y")
        return y - y**2


class FCLayer(Module):
    GAINS = {"relu": 2.0}

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        super().__init__()
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        deviation = (self.GAINS.get(actFunction, 1.0) / num_input) ** 0.5
        self.W = np.random.randn(num_input, num_output) * deviation
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.remember(x=Input)
        return Input.dot(self.W) + self.b

    def backward(self, delta):
        self.grad_W = self.recall("x").T.dot(delta)
        self.grad_b = delta.sum(axis=0).reshape(1, -1)
        return delta.dot(self.W.T)


class LossLayer(Module):
    """Averages self.each(...) over the batch, and divides self.slope() by it."""

    def __init__(self):
        super().__init__()
        self.loss = 0.0
        self.acc = 0.0

    def each(self, logit, gt):
        raise NotImplementedError

    def slope(self):
        raise NotImplementedError

    def forward(self, logit, gt):
        self.remember(gt=gt, size=gt.shape[0])
        self.acc = (logit.argmax(axis=1) == gt.argmax(axis=1)).mean()
        self.loss = self.each(logit, gt).mean()
        return self.loss

    def backward(self):
        return self.slope() / self.recall("size")


class EuclideanLossLayer(LossLayer):
    def each(self, logit, gt):
        self.remember(difference=logit - gt)
        return 0.5 * (self.recall("difference") ** 2).sum(axis=1)

    def slope(self):
        return self.recall("difference")


class SoftmaxMixin:
    @staticmethod
    def log_softmax(logit):
        low = logit - logit.max(axis=1, keepdims=True)
        return low - np.log(np.exp(low).sum(axis=1, keepdims=True))


class SoftmaxCrossEntropyLossLayer(SoftmaxMixin, LossLayer):
    def each(self, logit, gt):
        logs = self.log_softmax(logit)
        self.remember(p=np.exp(logs))
        return -(gt * logs).sum(axis=1)

    def slope(self):
        return self.recall("p") - self.recall("gt")


class Optimizer:
    """Changes each (parameter, gradient) pair of the trainable layers by self.change."""

    PAIRS = (("W", "grad_W"), ("b", "grad_b"))

    def change(self, name, value, gradient):
        raise NotImplementedError

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            for name, grad_name in self.PAIRS:
                value, gradient = getattr(layer, name), getattr(layer, grad_name)
                setattr(layer, name, value - self.change(name, value, gradient))


class SGD(Optimizer):
    DECAYING = ("W",)

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def change(self, name, value, gradient):
        if name in self.DECAYING:
            gradient = gradient + self.weightDecay * value
        return self.learningRate * gradient
