"""HW2 layers. Written after my MATLAB classdefs; inside, one example is one COLUMN, and the results are turned back."""

import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros(shape=(1, num_output))
        self.grad_W = np.zeros(shape=(num_input, num_output))
        self.grad_b = np.zeros(shape=(1, num_output))

    def forward(self, Input):
        N = np.size(Input, axis=0)
        X = np.transpose(Input)  # D x N
        self.X = X
        bcol = np.reshape(self.b, (self.num_output, 1))
        Y = np.dot(self.W.T, X) + np.tile(bcol, reps=(1, N))  # repmat(b, 1, N)
        return Y.T

    def backward(self, delta):
        d = np.transpose(delta)  # H x N
        N = np.size(d, axis=1)
        gW = np.zeros(shape=(self.num_input, self.num_output))
        gb = np.zeros(shape=(self.num_output, 1))
        for n in range(1, N + 1):
            xn = np.reshape(self.X[:, n - 1], (self.num_input, 1))
            dn = np.reshape(d[:, n - 1], (self.num_output, 1))
            gW = gW + np.dot(xn, dn.T)
            gb = gb + dn
        self.grad_W = gW
        self.grad_b = gb.T
        return np.dot(self.W, d).T


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        Y = np.zeros(shape=np.shape(Input))
        idx = np.nonzero(Input > 0)  # find(Input > 0)
        Y[idx] = Input[idx]
        self.idx = idx
        return Y

    def backward(self, delta):
        dX = np.zeros(shape=np.shape(delta))
        dX[self.idx] = delta[self.idx]
        return dX


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # sigma(x) = (1 + tanh(x/2)) / 2, never overflows
        Z = (1 + np.tanh(Input / 2)) / 2
        self.Z = Z
        return Z

    def backward(self, delta):
        return np.multiply(np.multiply(self.Z, 1 - self.Z), delta)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        N, C = np.shape(logit)
        r = np.ravel(logit, order="F") - np.ravel(gt, order="F")
        self.R = np.reshape(r, (N, C), order="F")
        self.N = N
        hits = 0
        for n in range(1, N + 1):
            hits = hits + (np.argmax(logit[n - 1, :]) == np.argmax(gt[n - 1, :]))
        self.acc = hits / N
        self.loss = np.dot(r.T, r) / (2 * N)
        return self.loss

    def backward(self):
        return self.R / self.N


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        S = np.transpose(logit)  # C x N
        T = np.transpose(gt)
        C, N = np.shape(S)
        P = np.zeros(shape=(C, N))
        loss = 0
        hits = 0
        for n in range(1, N + 1):
            s = S[:, n - 1] - max(S[:, n - 1])
            e = np.exp(s)
            P[:, n - 1] = e / sum(e)
            logp = s - np.log(sum(e))
            loss = loss - np.dot(T[:, n - 1], logp)
            hits = hits + T[np.argmax(s), n - 1]
        self.P = P
        self.T = T
        self.N = N
        self.acc = hits / N
        self.loss = loss / N
        return self.loss

    def backward(self):
        return ((self.P - self.T) / self.N).T


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        nLayers = len(model.layerList)
        for l in range(1, nLayers + 1):
            layer = model.layerList[l - 1]
            if layer.trainable == False:
                continue
            W = layer.W
            b = layer.b
            layer.W = W - self.learningRate * (layer.grad_W + self.weightDecay * W)
            layer.b = b - self.learningRate * np.reshape(layer.grad_b, np.shape(b))
