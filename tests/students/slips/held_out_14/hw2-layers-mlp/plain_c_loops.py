# HW2 part 3: layers, written like I would in C
import math
import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        if actFunction == 'relu':
            sigma = math.sqrt(2.0 / num_input)
        else:
            sigma = math.sqrt(1.0 / num_input)
        self.W = np.zeros((num_input, num_output))
        for i in range(num_input):
            for j in range(num_output):
                self.W[i, j] = sigma * np.random.randn()
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        rows = Input.shape[0]
        cols = self.W.shape[1]
        self.rows = rows
        self.stored = np.zeros(Input.shape)
        for r in range(rows):
            self.stored[r, :] = Input[r, :]
        out = np.zeros((rows, cols))
        bias = np.reshape(self.b, (cols,))
        for c in range(cols):
            out[:, c] = np.dot(self.stored, self.W[:, c])
            out[:, c] = out[:, c] + bias[c]
        return out

    def backward(self, delta):
        nin = self.W.shape[0]
        nout = self.W.shape[1]
        gw = np.zeros((nin, nout))
        gb = np.zeros((1, nout))
        back = np.zeros((self.rows, nin))
        for r in range(self.rows):
            x = self.stored[r, :]
            d = delta[r, :]
            gw = gw + np.reshape(x, (nin, 1)) * np.reshape(d, (1, nout))
            gb[0, :] = gb[0, :] + d
            back[r, :] = np.dot(self.W, d)
        self.grad_W = gw
        self.grad_b = gb
        return back


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        rows, cols = Input.shape
        out = np.zeros((rows, cols))
        self.on = np.zeros((rows, cols))
        for r in range(rows):
            for c in range(cols):
                v = Input[r, c]
                if v > 0:
                    out[r, c] = v
                    self.on[r, c] = 1
        return out

    def backward(self, delta):
        rows, cols = delta.shape
        res = np.zeros((rows, cols))
        for r in range(rows):
            for c in range(cols):
                if self.on[r, c] == 1:
                    res[r, c] = delta[r, c]
        return res


def logistic(v):
    if v < 0:
        t = math.exp(v)
        return t / (1.0 + t)
    t = math.exp(-v)
    return 1.0 / (1.0 + t)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        rows, cols = Input.shape
        self.z = np.zeros((rows, cols))
        for r in range(rows):
            for c in range(cols):
                self.z[r, c] = logistic(Input[r, c])
        return self.z.copy()

    def backward(self, delta):
        rows, cols = delta.shape
        res = np.zeros((rows, cols))
        for r in range(rows):
            zr = self.z[r, :]
            slope = zr * (1.0 - zr)
            for c in range(cols):
                res[r, c] = slope[c] * delta[r, c]
        return res


def count_hits(a, b):
    hits = 0
    for r in range(a.shape[0]):
        if int(np.argmax(a[r, :])) == int(np.argmax(b[r, :])):
            hits = hits + 1
    return hits / a.shape[0]


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        n, k = logit.shape
        self.n = n
        self.k = k
        self.err = np.zeros(n * k)
        total = 0.0
        for p in range(n * k):
            e = logit[p // k, p % k] - gt[p // k, p % k]
            self.err[p] = e
            total = total + e * e
        self.loss = total / (2.0 * n)
        self.acc = count_hits(logit, gt)
        return self.loss

    def backward(self):
        g = np.zeros((self.n, self.k))
        for p in range(self.n * self.k):
            g[p // self.k, p % self.k] = self.err[p] / self.n
        return g


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        n = logit.shape[0]
        k = logit.shape[1]
        self.prob = np.zeros((n, k))
        self.target = np.zeros((n, k))
        total = 0.0
        for r in range(n):
            top = logit[r, 0]
            for c in range(1, k):
                if logit[r, c] > top:
                    top = logit[r, c]
            s = 0.0
            for c in range(k):
                self.prob[r, c] = math.exp(logit[r, c] - top)
                s = s + self.prob[r, c]
            for c in range(k):
                self.prob[r, c] = self.prob[r, c] / s
                self.target[r, c] = gt[r, c]
                total = total - gt[r, c] * (logit[r, c] - top - math.log(s))
        self.loss = total / n
        self.acc = count_hits(logit, gt)
        return self.loss

    def backward(self):
        n = self.prob.shape[0]
        g = self.prob - self.target
        for r in range(n):
            g[r, :] = g[r, :] / n
        return g


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        lr = self.learningRate
        wd = self.weightDecay
        for idx in range(len(model.layerList)):
            layer = model.layerList[idx]
            if not layer.trainable:
                continue
            rows, cols = layer.W.shape
            newW = np.zeros((rows, cols))
            for i in range(rows):
                g = layer.grad_W[i, :] + wd * layer.W[i, :]
                newW[i, :] = layer.W[i, :] - lr * g
            layer.W = newW
            newb = layer.b - lr * layer.grad_b
            layer.b = newb
