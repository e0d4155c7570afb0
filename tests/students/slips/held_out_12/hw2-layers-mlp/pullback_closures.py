"""forward stores a function in self, and that function is backward."""

import numpy as np


class Step:
    """What has a pullback: a function from the upstream gradient to the derivative by the input."""

    _pullback = None

    def backward(self, delta):
        assert self._pullback is not None, f"{type(self).__name__}.backward before forward"
        return self._pullback(delta)


class FCLayer(Step):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output = num_input, num_output
        self.trainable = trainable
        gain = np.sqrt({"relu": 2}.get(actFunction, 1) / num_input)
        self.W = gain * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W, self.grad_b = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, Input):
        W = self.W

        def pullback(delta):
            self.grad_W = np.einsum("nd,nh->dh", Input, delta)
            self.grad_b = np.einsum("nh->h", delta)  # (H,)
            return np.einsum("nh,dh->nd", delta, W)

        self._pullback = pullback
        return np.einsum("nd,dh->nh", Input, W) + self.b


class ReLULayer(Step):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        output = np.maximum(0.0, Input)
        gate = np.sign(output)
        self._pullback = lambda delta: gate * delta
        return output


class SigmoidLayer(Step):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        e = np.exp(-np.abs(Input))
        z = np.choose(Input >= 0, [e, np.ones_like(e)]) / (1 + e)
        self._pullback = lambda delta: z * (1 - z) * delta
        return z


class Loss:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self._derivative = lambda: None

    def _record(self, logit, gt, loss, derivative):
        self.acc = float(np.mean(logit.argmax(-1) == gt.argmax(-1)))
        self.loss = float(loss)
        self._derivative = derivative
        return self.loss

    def backward(self):
        return self._derivative()


class EuclideanLossLayer(Loss):
    def forward(self, logit, gt):
        n = gt.shape[0]
        off = np.subtract(logit, gt)
        return self._record(logit, gt, np.linalg.norm(off) ** 2 / n / 2, lambda: off / n)


class SoftmaxCrossEntropyLossLayer(Loss):
    def forward(self, logit, gt):
        n = gt.shape[0]
        log_sums = np.logaddexp.reduce(logit, axis=1)[:, np.newaxis]
        log_z = logit - log_sums
        return self._record(logit, gt, -np.tensordot(gt, log_z, axes=2) / n, lambda: (np.exp(log_z) - gt) / n)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        rules = {"W": self._decayed, "b": self._plain}
        for layer in (one for one in model.layerList if one.trainable):
            for name, rule in rules.items():
                setattr(layer, name, rule(getattr(layer, name), getattr(layer, f"grad_{name}")))

    def _plain(self, w, gradient):
        return w - self.learningRate * gradient

    def _decayed(self, w, gradient):
        return self._plain(w, gradient + self.weightDecay * w)
