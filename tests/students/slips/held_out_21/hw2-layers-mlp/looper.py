import math

import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        if actFunction == "relu":
            std = math.sqrt(2.0 / num_input)
        else:
            std = math.sqrt(1.0 / num_input)
        self.W = np.random.randn(num_input, num_output) * std
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.Input = Input
        N, D = Input.shape
        out = np.zeros((N, self.W.shape[1]))
        # input by input
        for d in range(D):
            out += Input[:, d : d + 1] * self.W[d]
        out += self.b
        return out

    def backward(self, delta):
        N, D = self.Input.shape
        H = delta.shape[1]
        self.grad_W = np.zeros((D, H))
        self.grad_b = np.zeros((1, H))
        dX = np.zeros((N, D))
        # example by example
        for n in range(N):
            self.grad_W += np.outer(self.Input[n], delta[n])
            self.grad_b[0] += delta[n]
            dX[n] = np.dot(self.W, delta[n])
        return dX


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # entry n*H + h of the flat list is unit h of example n
        N, H = Input.shape
        self.flat = Input.reshape(N * H).tolist()
        out = np.zeros(N * H)
        for i in range(N * H):
            if self.flat[i] > 0:
                out[i] = self.flat[i]
        return out.reshape(N, H)

    def backward(self, delta):
        N, H = delta.shape
        up = delta.reshape(N * H).tolist()
        dX = np.zeros(N * H)
        for i in range(N * H):
            if self.flat[i] > 0:
                dX[i] = up[i]
        return dX.reshape(N, H)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        N, H = Input.shape
        flat = Input.reshape(N * H).tolist()
        self.s = [0.0] * (N * H)
        for i in range(N * H):
            if flat[i] >= 0:
                self.s[i] = 1.0 / (1.0 + math.exp(-flat[i]))
            else:
                e = math.exp(flat[i])
                self.s[i] = e / (1.0 + e)
        return np.array(self.s).reshape(N, H)

    def backward(self, delta):
        N, H = delta.shape
        up = delta.reshape(N * H).tolist()
        dX = np.zeros(N * H)
        for i in range(N * H):
            dX[i] = up[i] * self.s[i] * (1.0 - self.s[i])
        return dX.reshape(N, H)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        N, C = logit.shape
        total = 0.0
        right = 0
        for n in range(N):
            for k in range(C):
                total += (logit[n, k] - gt[n, k]) ** 2
            if np.argmax(logit[n]) == np.argmax(gt[n]):
                right += 1
        self.loss = total / (2 * N)
        self.acc = right / N
        return self.loss

    def backward(self):
        N, C = self.logit.shape
        delta = np.zeros((N, C))
        for n in range(N):
            for k in range(C):
                delta[n, k] = (self.logit[n, k] - self.gt[n, k]) / N
        return delta


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        N, C = logit.shape
        self.z = np.zeros((N, C))
        self.gt = gt
        total = 0.0
        right = 0
        for n in range(N):
            biggest = logit[n, 0]
            for k in range(1, C):
                biggest = max(biggest, logit[n, k])
            s = 0.0
            for k in range(C):
                s += math.exp(logit[n, k] - biggest)
            for k in range(C):
                log_z = logit[n, k] - biggest - math.log(s)
                self.z[n, k] = math.exp(log_z)
                total -= gt[n, k] * log_z
            if np.argmax(logit[n]) == np.argmax(gt[n]):
                right += 1
        self.loss = total / N
        self.acc = right / N
        return self.loss

    def backward(self):
        N, C = self.z.shape
        delta = np.zeros((N, C))
        for n in range(N):
            for k in range(C):
                delta[n, k] = (self.z[n, k] - self.gt[n, k]) / N
        return delta


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for i in range(len(model.layerList)):
            layer = model.layerList[i]
            if layer.trainable:
                layer.W = layer.W - self.learningRate * (layer.grad_W + self.weightDecay * layer.W)
                layer.b = layer.b - self.learningRate * layer.grad_b
