# Homework 2. I keep everything as columns inside (one sample = one column), like in MATLAB.
import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        if actFunction == "relu":
            scale = 2
        else:
            scale = 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        m = Input.shape[0]
        A = np.vstack([np.ones((1, m)), Input.T])
        Theta = np.hstack([self.b.reshape(-1, 1), self.W.T])
        Z = Theta @ A
        self.A = A
        self.Theta = Theta
        return Z.T

    def backward(self, delta):
        delta3 = delta.T
        m = delta3.shape[1]
        Theta_grad = np.zeros(self.Theta.shape)
        for i in range(m):
            Theta_grad = Theta_grad + np.outer(delta3[:, i], self.A[:, i])
        self.grad_W = Theta_grad[:, 1:].T
        self.grad_b = Theta_grad[:, [0]].T
        delta2 = self.Theta.T @ delta3
        return delta2[1:, :].T


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        z2 = Input.T
        a2 = np.zeros(z2.shape)
        on = np.zeros(z2.shape)
        for i in range(z2.shape[0]):
            for j in range(z2.shape[1]):
                if z2[i, j] > 0:
                    a2[i, j] = z2[i, j]
                    on[i, j] = 1
        self.on = on
        return a2.T

    def backward(self, delta):
        return (delta.T * self.on).T


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        z2 = Input.T
        a2 = np.zeros(z2.shape)
        for j in range(z2.shape[1]):
            t = np.exp(-abs(z2[:, j]))
            a2[:, j] = 1 / (1 + t)
            neg = z2[:, j] < 0
            a2[neg, j] = t[neg] / (1 + t[neg])
        self.a2 = a2
        return a2.T

    def backward(self, delta):
        delta2 = np.zeros(self.a2.shape)
        for j in range(self.a2.shape[1]):
            gprime = self.a2[:, j] * (1 - self.a2[:, j])
            delta2[:, j] = delta[j, :] * gprime
        return delta2.T


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        m = logit.shape[0]
        self.h = logit.T.copy()
        self.Y = gt.T.copy()
        J = 0
        hits = 0
        for i in range(m):
            e = self.h[:, i] - self.Y[:, i]
            J = J + e.T @ e
            if np.argmax(self.h[:, i]) == np.argmax(self.Y[:, i]):
                hits = hits + 1
        self.loss = J / (2 * m)
        self.acc = hits / m
        return self.loss

    def backward(self):
        m = self.Y.shape[1]
        delta3 = (self.h - self.Y) / m
        return delta3.T


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        m, K = logit.shape
        Z = logit.T
        Y = gt.T
        self.a3 = np.zeros((K, m))
        self.Y = Y
        J = 0
        hits = 0
        for i in range(m):
            z = Z[:, i] - np.max(Z[:, i])
            s = np.sum(np.exp(z))
            self.a3[:, i] = np.exp(z) / s
            J = J - np.sum(Y[:, i] * (z - np.log(s)))
            if np.argmax(z) == np.argmax(Y[:, i]):
                hits = hits + 1
        self.loss = J / m
        self.acc = hits / m
        return self.loss

    def backward(self):
        K, m = self.a3.shape
        delta3 = np.zeros((K, m))
        for i in range(m):
            delta3[:, i] = (self.a3[:, i] - self.Y[:, i]) / m
        return delta3.T


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        alpha = self.learningRate
        mu = self.weightDecay
        for l in range(1, len(model.layerList) + 1):
            layer = model.layerList[l - 1]
            if layer.trainable:
                # the bias is a column of Theta and decays like the rest of it
                layer.W = layer.W - alpha * (layer.grad_W + mu * layer.W)
                layer.b = layer.b - alpha * (layer.grad_b + mu * layer.b)
