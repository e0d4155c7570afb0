# Layers of a perceptron. Ported from R: crossprod(A, B) = t(A) %*% B, tcrossprod(A, B) = A %*% t(B).
import numpy as np


def crossprod(A, B):
    return np.transpose(A) @ B


def tcrossprod(A, B):
    return A @ np.transpose(B)


def col_sums(A):
    return crossprod(np.ones((A.shape[0], 1)), A)


def plogis(x):
    """Distribution function of the logistic: exp(-log(1 + exp(-x)))."""
    return np.exp(-np.logaddexp(0.0, -x))


def row_log_sum_exp(A):
    return np.array([np.logaddexp.reduce(row) for row in A])


def hit_rate(scores, indicator):
    return np.mean([np.argmax(s) == np.argmax(g) for s, g in zip(scores, indicator)])


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        sd = np.sqrt((2.0 if actFunction == "relu" else 1.0) / num_input)
        self.W = np.random.normal(0.0, sd, size=(num_input, num_output))
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable

    def forward(self, Input):
        self.design = Input
        intercept = np.outer(np.ones(Input.shape[0]), self.b)
        return intercept + Input @ self.W

    def backward(self, delta):
        outer_products = [np.outer(x, d) for x, d in zip(self.design, delta)]
        self.grad_W = np.sum(outer_products, axis=0)
        self.grad_b = col_sums(delta)
        return tcrossprod(delta, self.W)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.indicator = np.where(Input > 0, 1.0, 0.0)
        return 0.5 * (Input + np.abs(Input))

    def backward(self, delta):
        return np.where(self.indicator == 1, delta, 0.0)


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.eta = np.array(Input)
        return plogis(Input)

    def backward(self, delta):
        # dlogis is symmetric: F(x) F(-x)
        density = plogis(self.eta) * plogis(-self.eta)
        return density * delta


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.fitted, self.observed = logit, gt
        residuals = gt - logit
        rss = np.trace(crossprod(residuals, residuals))
        self.acc = hit_rate(logit, gt)
        self.loss = 0.5 * rss / len(residuals)
        return self.loss

    def backward(self):
        residuals = self.observed - self.fitted
        return -residuals / residuals.shape[0]


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.n = logit.shape[0]
        centred = logit - np.mean(logit, axis=1, keepdims=True)
        self.log_pi = centred - row_log_sum_exp(centred)[:, None]
        self.indicator = gt
        log_lik = np.array([np.inner(g, l) for g, l in zip(gt, self.log_pi)])
        self.acc = hit_rate(logit, gt)
        self.loss = -log_lik.mean()
        return self.loss

    def backward(self):
        score = self.indicator - np.exp(self.log_pi)
        return -score / self.n


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            ridge = self.weightDecay * layer.W
            slope = layer.grad_W + ridge
            layer.W = layer.W - self.learningRate * slope
            layer.b = layer.b - self.learningRate * layer.grad_b
