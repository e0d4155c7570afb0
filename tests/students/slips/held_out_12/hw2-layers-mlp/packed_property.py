"""Each fully connected layer owns one matrix: the rows of W with the bias as last row. W and b are properties."""
import numpy as np


def packed(name, rows):
    """A property that reads and writes some rows of a packed matrix."""

    def read(self):
        return getattr(self, name)[rows]

    def write(self, value):
        getattr(self, name)[rows] = value

    return property(read, write)


class FCLayer:

    W = packed('theta', slice(None, -1))
    b = packed('theta', slice(-1, None))
    grad_W = packed('grad_theta', slice(None, -1))
    grad_b = packed('grad_theta', slice(-1, None))

    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.theta = np.zeros((num_input + 1, num_output))
        self.grad_theta = np.zeros((num_input + 1, num_output))
        scale = 2 if actFunction == 'relu' else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)

    def forward(self, Input):
        self.extended = np.column_stack([Input, np.ones(Input.shape[0])])
        return self.extended.dot(self.theta)

    def backward(self, delta):
        np.dot(self.extended.T, delta, out=self.grad_theta)
        return delta.dot(self.W.T)


class ReLULayer:

    def __init__(self):
        self.trainable = False
        self.off = None

    def forward(self, Input):
        output = Input.copy()
        self.off = output <= 0
        output[self.off] = 0
        return output

    def backward(self, delta):
        result = delta.copy()
        result[self.off] = 0
        return result


class SigmoidLayer:

    def __init__(self):
        self.trainable = False
        self.z = None

    def forward(self, Input):
        z = np.empty(Input.shape)
        positive = Input >= 0
        z[positive] = 1 / (1 + np.exp(-Input[positive]))
        grown = np.exp(Input[~positive])
        z[~positive] = grown / (1 + grown)
        self.z = z
        return z.copy()

    def backward(self, delta):
        return delta * (self.z - self.z ** 2)


class _Loss:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.gradient = None

    def _accuracy(self, logit, gt):
        self.acc = float((logit.argmax(axis=1) == gt.argmax(axis=1)).mean())

    def backward(self):
        return self.gradient.copy()


class EuclideanLossLayer(_Loss):

    def forward(self, logit, gt):
        n = logit.shape[0]
        self._accuracy(logit, gt)
        self.gradient = (logit - gt) / n
        self.loss = 0.5 * n * np.vdot(self.gradient, self.gradient)     # n/2 sum ((logit - gt)/n)^2
        return self.loss


class SoftmaxCrossEntropyLossLayer(_Loss):

    def forward(self, logit, gt):
        n, c = logit.shape
        self._accuracy(logit, gt)
        truth = gt.argmax(axis=1)
        rows = np.arange(n)
        # everything relative to the row's largest logit
        relative = logit - np.repeat(logit.max(axis=1), c).reshape(n, c)
        odds = np.exp(relative)
        total = odds.sum(axis=1)
        self.loss = (np.log(total) - relative[rows, truth]).sum() / n
        gradient = odds / total.reshape(n, 1)
        gradient[rows, truth] -= 1
        self.gradient = gradient / n
        return self.loss


class SGD:

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            layer.W -= self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
            layer.b -= self.learningRate * layer.grad_b
