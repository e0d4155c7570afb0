import numpy as np
from operator import attrgetter


class FCLayer:
    def __init__(s, num_input, num_output, actFunction="relu", trainable=True):
        s.num_input, s.num_output, s.trainable = num_input, num_output, trainable
        s.W = np.random.normal(0, ((1 + (actFunction == "relu")) / num_input) ** 0.5, (num_input, num_output))
        s.b = np.zeros((1, num_output))
        s.grad_W, s.grad_b = map(np.zeros_like, (s.W, s.b))

    def forward(s, Input):
        s.back = lambda d, x=Input: (np.einsum("nd,nh->dh", x, d), np.add.reduce(d, keepdims=True))
        return np.add(y := Input @ s.W, s.b, out=y)

    def backward(s, delta):
        s.grad_W, s.grad_b = s.back(delta)
        return np.einsum("nh,dh->nd", delta, s.W)


class ReLULayer:
    trainable = False

    def forward(s, Input):
        s.on = np.heaviside(Input, 0)
        return Input * s.on

    def backward(s, delta):
        return s.on * delta


class SigmoidLayer:
    trainable = False

    def forward(s, Input):
        s.z = np.exp(-np.logaddexp(0, -Input))
        return s.z.copy()

    def backward(s, delta):
        return np.multiply(d := s.z - s.z**2, delta, out=d)


def acc(p, t):
    return float((p.argmax(1) == t.argmax(1)).mean())


class EuclideanLossLayer:
    loss = acc = 0.0

    def forward(s, logit, gt):
        s.acc, s.d = acc(logit, gt), (r := logit - gt) / len(r)
        s.loss = np.vdot(r, s.d) / 2
        return s.loss

    def backward(s):
        return s.d


class SoftmaxCrossEntropyLossLayer:
    loss = acc = 0.0

    def forward(s, logit, gt):
        l = logit - np.logaddexp.reduce(logit, axis=1, keepdims=True)
        s.acc, s.d = acc(l, gt), (np.exp(l) - gt) / (n := len(l))
        s.loss = -np.add.reduce(l[gt > 0]) / n
        return s.loss

    def backward(s):
        return s.d


class SGD:
    def __init__(s, learningRate, weightDecay):
        s.lr, s.wd = s.learningRate, s.weightDecay = learningRate, weightDecay

    def step(s, model):
        for l in filter(attrgetter("trainable"), model.layerList):
            l.W, l.b = (p - s.lr * (g + c * p) for p, g, c in ((l.W, l.grad_W, s.wd), (l.b, l.grad_b, 0)))
