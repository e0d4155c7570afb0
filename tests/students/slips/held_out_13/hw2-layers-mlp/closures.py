import numpy as np


def stable_lse(s):
    m = s.max(-1, keepdims=True)
    return m + np.log(np.exp(s - m).sum(-1, keepdims=True))


class _Op:
    trainable = False

    def forward(self, Input):
        out, self._pull = self._run(Input)
        return out

    def backward(self, delta):
        return self._pull(delta)


class FCLayer(_Op):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        gain = {"relu": 2}.get(actFunction, 1)
        self.W = np.random.normal(0, (gain / num_input) ** .5, (num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = map(np.zeros_like, (self.W, self.b))

    def _run(self, x):
        def pull(d):
            self.grad_W = np.einsum("nd,nh->dh", x, d)
            self.grad_b = np.ones((1, len(d))) @ d
            return np.einsum("nh,dh->nd", d, self.W)

        return x @ self.W + self.b, pull


class ReLULayer(_Op):
    def _run(self, x):
        on = x > 0
        return np.where(on, x, 0.), lambda d: np.where(on, d, 0.)


class SigmoidLayer(_Op):
    def _run(self, x):
        z = np.exp(-np.logaddexp(0, -x))
        return z, lambda d: d * z * (1 - z)


class _Loss:
    def __init__(self):
        self.loss = self.acc = 0.

    def forward(self, logit, gt):
        self.loss, self._slope = self._measure(logit, gt)
        self.acc = (logit.argmax(1) == gt.argmax(1)).mean()
        return self.loss

    def backward(self):
        return self._slope()


class EuclideanLossLayer(_Loss):
    def _measure(self, s, t):
        r = s - t
        return np.einsum("nk,nk->", r, r) / (2 * len(r)), lambda: r / len(r)


class SoftmaxCrossEntropyLossLayer(_Loss):
    def _measure(self, s, t):
        s = s - s.max(1, keepdims=True)
        lse = stable_lse(s)
        return ((lse - s) * t).sum(1).mean(), lambda: (np.exp(s - lse) - t) / s.shape[0]


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        for l in filter(lambda l: l.trainable, model.layerList):
            for name, decay in (("W", self.weightDecay), ("b", 0)):
                w, g = getattr(l, name), getattr(l, "grad_" + name)
                setattr(l, name, w - self.learningRate * (g + decay * w))
