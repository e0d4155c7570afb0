""" Fully Connected Layer """
""" ReLU Layer """
""" Sigmoid Layer """
""" Euclidean Loss Layer """
""" Softmax cross-entropy loss layer """
""" Stochastic Gradient Descent Optimizer """
import numpy as np

# a small number to prevent dividing by zero, maybe useful for you
EPS = 1e-11


class FCLayer():
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.actFunction = actFunction
        assert actFunction in ['relu', 'sigmoid']
        self.XavierInit()
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.Input = Input
        output = np.matmul(Input, self.W) + self.b
        return output

    def backward(self, delta):
        # ---------------- TODO -------------------
        self.grad_b = np.sum(delta, axis=0).reshape(1, self.num_output)
        self.grad_W = np.matmul(self.Input.T, delta)
        return np.matmul(delta, self.W.T)
        # -----------------------------------------

    def XavierInit(self):
        raw_std = (2 / (self.num_input + self.num_output)) ** 0.5
        if 'relu' == self.actFunction:
            init_std = raw_std * (2 ** 0.5)
        else:
            init_std = raw_std
        self.W = np.random.normal(0, init_std, (self.num_input, self.num_output))
        self.b = np.random.normal(0, init_std, (1, self.num_output))


class ReLULayer():
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Input = Input
        return Input * (Input > 0)

    def backward(self, delta):
        mask = np.zeros(self.Input.shape)
        mask[self.Input > 0] = 1
        return delta * mask


class SigmoidLayer():
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.output = 1 / (1 + np.exp(-Input))
        return self.output

    def backward(self, delta):
        return delta * self.output * (1 - self.output)


class EuclideanLossLayer():
    def __init__(self):
        self.acc = 0.
        self.loss = 0.

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        self.acc = np.sum(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)) / logit.shape[0]
        self.loss = 0.5 * np.sum(np.square(logit - gt)) / logit.shape[0]
        return self.loss

    def backward(self):
        return (self.logit - self.gt) / self.logit.shape[0]


class SoftmaxCrossEntropyLossLayer():
    def __init__(self):
        self.acc = 0.
        self.loss = np.zeros(1, dtype='f')

    def forward(self, logit, gt):
        self.gt = gt
        exp_logit = np.exp(logit - np.max(logit, axis=1, keepdims=True))
        self.prob = exp_logit / np.sum(exp_logit, axis=1, keepdims=True)
        self.acc = np.mean(np.argmax(self.prob, axis=1) == np.argmax(gt, axis=1))
        self.loss = -np.sum(gt * np.log(self.prob + EPS)) / logit.shape[0]
        return self.loss

    def backward(self):
        return (self.prob - self.gt) / self.gt.shape[0]


class SGD():
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for layer in layers:
            if layer.trainable:
                layer.diff_W = -self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                layer.diff_b = -self.learningRate * layer.grad_b
                layer.W += layer.diff_W
                layer.b += layer.diff_b
