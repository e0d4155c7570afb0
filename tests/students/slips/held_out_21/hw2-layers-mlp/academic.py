"""Layers, losses and descent of a perceptron, in float64.

Derivations.  All losses are averages, so that each loss' backward carries the only 1/N of the chain.

fully connected   Y = X W + 1 b          dX = dY W^T,  dW = X^T dY,  db = 1^T dY
rectifier         Y = max(X, 0)          dX = dY [X > 0]
logistic          s = 1/(1+e^-x)         ds/dx = s(x) s(-x) = s (1 - s)
squares           L = |Z - T|^2 / 2N     dZ = (Z - T) / N
cross-entropy     L = (LSE(Z) - <T, Z>)/N for one-hot T, dZ = (softmax(Z) - T) / N
"""

import numpy as np


def _f64(a):
    return np.asarray(a, dtype=np.float64)


class FCLayer:
    """Affine map of the rows."""

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        gain = 2.0 if actFunction == "relu" else 1.0
        self.W = np.random.normal(0.0, np.sqrt(gain / num_input), size=(num_input, num_output))
        self.b = np.zeros((1, num_output), dtype=np.float64)
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        """Y = X W + 1 b."""
        self._X = _f64(Input)
        return self._X @ _f64(self.W) + _f64(self.b)

    def backward(self, delta):
        """Sets dW and db, returns dX."""
        dY = _f64(delta)
        self.grad_W = np.einsum("nd,nh->dh", self._X, dY)
        self.grad_b = np.einsum("nh->h", dY)[None, :]
        return np.einsum("nh,dh->nd", dY, self.W)


class ReLULayer:
    """Rectifier; the subgradient at 0 is 0."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """max(x, 0)."""
        self._positive = _f64(Input) > 0.0
        return np.where(self._positive, Input, 0.0)

    def backward(self, delta):
        """dY [X > 0]."""
        return np.where(self._positive, delta, 0.0)


class SigmoidLayer:
    """Logistic function; the exponential has a non-positive argument on both branches."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        """1/(1+t) for x >= 0 and t/(1+t) for x < 0, t = exp(-|x|)."""
        x = _f64(Input)
        t = np.exp(-np.abs(x))
        self._s = np.where(x >= 0.0, 1.0 / (1.0 + t), t / (1.0 + t))
        # s(-x), without the cancellation of 1 - s
        self._complement = np.where(x >= 0.0, t / (1.0 + t), 1.0 / (1.0 + t))
        return self._s

    def backward(self, delta):
        """dY s(x) s(-x)."""
        return _f64(delta) * self._s * self._complement


class EuclideanLossLayer:
    """Half the mean squared distance."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """|Z - T|^2 / 2N."""
        self._R = _f64(logit) - _f64(gt)
        N = self._R.shape[0]
        self.loss = float(np.vdot(self._R, self._R) / (2.0 * N))
        self.acc = float(np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)))
        return self.loss

    def backward(self):
        """(Z - T) / N."""
        return self._R / self._R.shape[0]


class SoftmaxCrossEntropyLossLayer:
    """Log-sum-exp minus the label's score, averaged."""

    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        """(LSE(Z) - <T, Z>) / N, with the row's maximum taken out of both."""
        Z, self._T = _f64(logit), _f64(gt)
        Z = Z - np.max(Z, axis=1, keepdims=True)
        lse = np.log(np.sum(np.exp(Z), axis=1, keepdims=True))
        self._p = np.exp(Z - lse)
        self.loss = float(np.mean(lse[:, 0] - np.sum(np.where(self._T > 0.0, self._T * Z, 0.0), axis=1)))
        self.acc = float(np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1)))
        return self.loss

    def backward(self):
        """(softmax(Z) - T) / N."""
        N = self._T.shape[0]
        return (self._p - self._T) / N


class SGD:
    """w <- w - eta (dL/dw + decay w); biases do not decay."""

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        """One step of every trainable layer."""
        eta, decay = self.learningRate, self.weightDecay
        for layer in filter(lambda each: each.trainable, model.layerList):
            layer.W = _f64(layer.W) - eta * (layer.grad_W + decay * layer.W)
            layer.b = _f64(layer.b) - eta * layer.grad_b
