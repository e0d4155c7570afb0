import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        k = (1, 2)[actFunction == "relu"]
        self.W = np.sqrt(k / num_input) * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.empty_like(self.W)
        self.grad_b = np.empty_like(self.b)

    def forward(self, Input):
        n, d = Input.shape
        # homogeneous coordinates: last column 1, last row the bias
        self.A = np.ones((n, d + 1))
        self.A[:, :d] = Input
        self.M = np.empty((d + 1, self.num_output))
        self.M[:d] = self.W
        self.M[d] = np.ravel(self.b)
        return self.A.dot(self.M)

    def backward(self, delta):
        G = np.empty_like(self.M)
        np.dot(self.A.T, delta, out=G)
        self.grad_W, self.grad_b = G[:-1], G[-1:]
        return np.dot(delta, self.M[:-1].T)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.i = np.flatnonzero(Input > 0)
        o = np.zeros(Input.size)
        o[self.i] = Input.ravel()[self.i]
        return o.reshape(Input.shape)

    def backward(self, delta):
        o = np.zeros(delta.size)
        o[self.i] = delta.ravel()[self.i]
        return o.reshape(delta.shape)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        e = np.empty(Input.shape)
        np.abs(Input, out=e)
        np.negative(e, out=e)
        np.exp(e, out=e)
        q = 1 / (1 + e)
        e *= q
        self.d = e * q
        np.copyto(q, e, where=Input < 0)
        return q

    def backward(self, delta):
        return self.d * delta


class EuclideanLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        n = logit.shape[0]
        self.r = np.subtract(logit, gt)
        v = self.r.ravel()
        self.acc = np.count_nonzero(logit.argmax(1) == gt.argmax(1)) / n
        self.loss = v.dot(v) / (n + n)
        return self.loss

    def backward(self):
        return self.r / self.r.shape[0]


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = self.acc = 0.0

    def forward(self, logit, gt):
        n, c = logit.shape
        t = gt.argmax(1)
        k = np.arange(0, n * c, c) + t
        p = logit - np.take_along_axis(logit, logit.argmax(1)[:, None], 1)
        h = p.ravel()[k]
        np.exp(p, out=p)
        s = p.sum(1)
        self.loss = (np.log(s) - h).sum() / n
        self.acc = np.count_nonzero(p.argmax(1) == t) / n
        p /= s[:, None]
        p.ravel()[k] -= 1
        p /= n
        self.g = p
        return self.loss

    def backward(self):
        return self.g


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        a, m = self.learningRate, self.weightDecay
        for q in filter(lambda q: q.trainable, model.layerList):
            q.W = (1 - a * m) * q.W - a * q.grad_W
            q.b = q.b - a * q.grad_b
