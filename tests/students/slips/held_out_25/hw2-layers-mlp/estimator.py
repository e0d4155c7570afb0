"""Layers with a common base class, in the manner of scikit-learn's neural_network package."""

import numpy as np


def _check_array(a, ndim=2):
    a = np.asarray(a, dtype=np.float64)
    if a.ndim != ndim:
        raise ValueError("expected an array of %d dimensions" % ndim)
    return a


def _inplace_relu(X):
    np.clip(X, 0, None, out=X)
    return X


def _logistic(X):
    return 0.5 * (1.0 + np.tanh(0.5 * X))


def _log_softmax(X):
    tmp = X - X.max(axis=1)[:, np.newaxis]
    return tmp - np.log(np.exp(tmp).sum(axis=1))[:, np.newaxis]


def _accuracy(y_score, Y):
    return float(np.mean(y_score.argmax(axis=1) == Y.argmax(axis=1)))


class _BaseLayer:
    trainable = False

    def get_params(self):
        return {}

    def _gradients(self):
        return {}


class FCLayer(_BaseLayer):
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.actFunction = actFunction
        self.trainable = trainable
        self._init_coef()

    def _init_coef(self):
        factor = 2.0 if self.actFunction == "relu" else 1.0
        self.W = np.random.normal(0.0, np.sqrt(factor / self.num_input), (self.num_input, self.num_output))
        self.b = np.zeros((1, self.num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def get_params(self):
        return {"W": self.W, "b": self.b}

    def _gradients(self):
        return {"W": self.grad_W, "b": self.grad_b}

    def forward(self, Input):
        self._X = _check_array(Input)
        activations = self._X.dot(self.W)
        activations += self.b
        return activations

    def backward(self, delta):
        delta = _check_array(delta)
        self.grad_W, self.grad_b = self._compute_loss_grad(delta)
        return delta.dot(self.W.T)

    def _compute_loss_grad(self, delta):
        coef_grad = self._X.T.dot(delta)
        intercept_grad = delta.sum(axis=0).reshape(1, -1)
        return coef_grad, intercept_grad


class ReLULayer(_BaseLayer):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self._out = _inplace_relu(Input.copy())
        return self._out.copy()

    def backward(self, delta):
        delta = np.array(delta)
        delta[self._out == 0] = 0
        return delta


class SigmoidLayer(_BaseLayer):
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self._out = _logistic(Input)
        return self._out

    def backward(self, delta):
        delta = delta * self._out
        delta *= 1 - self._out
        return delta


class _BaseLoss:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        logit, gt = _check_array(logit), _check_array(gt)
        self._n_samples = logit.shape[0]
        self._residual = self._compute_residual(logit, gt)
        self.loss = self._compute_loss(logit, gt)
        self.acc = _accuracy(logit, gt)
        return self.loss

    def backward(self):
        return self._residual / self._n_samples


class EuclideanLossLayer(_BaseLoss):
    def _compute_residual(self, logit, gt):
        return logit - gt

    def _compute_loss(self, logit, gt):
        return ((logit - gt) ** 2).sum(axis=1).mean() / 2


class SoftmaxCrossEntropyLossLayer(_BaseLoss):
    def _compute_residual(self, logit, gt):
        return np.exp(_log_softmax(logit)) - gt

    def _compute_loss(self, logit, gt):
        return -(gt * _log_softmax(logit)).sum() / logit.shape[0]


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def _trainable_layers(self, model):
        for layer in model.layerList:
            if layer.trainable:
                yield layer

    def _get_updates(self, layer):
        grads = layer._gradients()
        params = layer.get_params()
        decay = {"W": self.weightDecay, "b": 0.0}
        return {k: -self.learningRate * (grads[k] + decay[k] * params[k]) for k in params}

    def step(self, model):
        for layer in self._trainable_layers(model):
            for name, update in self._get_updates(layer).items():
                setattr(layer, name, getattr(layer, name) + update)
