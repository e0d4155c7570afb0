"""The bias is the last row of the augmented matrix A = [W; b], every input gets a last column of ones."""

import numpy as np


def augmented(X):
    return np.hstack([X, np.ones((X.shape[0], 1))])


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.W = np.random.randn(num_input, num_output) * np.sqrt((1 + (actFunction == "relu")) / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.X1 = augmented(Input)
        self.A = np.vstack([self.W, np.reshape(self.b, (1, -1))])
        return self.X1 @ self.A

    def backward(self, delta):
        # With Y = X1 A:  <delta, dY> = <X1^T delta, dA> = <delta A^T, dX1>
        G = np.einsum("nd,nh->dh", self.X1, delta)
        self.grad_W, self.grad_b = G[:-1, :], G[-1:, :]
        return (delta @ self.A.T)[:, :-1]


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.step = np.heaviside(Input, 0.0)
        return 0.5 * (Input + np.abs(Input))

    def backward(self, delta):
        return np.multiply(self.step, delta)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # log z = -log(exp(0) + exp(-x))
        self.z = np.exp(-np.logaddexp(0.0, -Input))
        return self.z

    def backward(self, delta):
        return delta * (self.z - self.z**2)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        N = logit.shape[0]
        self.R = (logit - gt) / np.sqrt(N)
        self.acc = np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))
        self.loss = 0.5 * np.einsum("nk,nk->", self.R, self.R)
        return self.loss

    def backward(self):
        return self.R / np.sqrt(self.R.shape[0])


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        N, C = logit.shape
        shifted = logit - np.max(logit, axis=1, keepdims=True)
        log_z = shifted - np.logaddexp.reduce(shifted, axis=1)[:, None]
        # d log z_k / d s_j = 1[k = j] - z_j, an N x C x C tensor
        self.jacobian = np.eye(C)[None] - np.exp(log_z)[:, None, :]
        self.by_log_z = -gt / N
        self.acc = np.mean(np.argmax(log_z, axis=1) == np.argmax(gt, axis=1))
        self.loss = np.sum(self.by_log_z * log_z)
        return self.loss

    def backward(self):
        return np.einsum("nk,nkj->nj", self.by_log_z, self.jacobian)


class SGD:
    """W - r (G + d W) = (1 - r d) W - r G."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        shrink = 1.0 - self.learningRate * self.weightDecay
        for layer in model.layerList:
            if layer.trainable:
                layer.W = shrink * layer.W - self.learningRate * layer.grad_W
                layer.b = layer.b - self.learningRate * layer.grad_b
