import math

import numpy as np

EPS = 0.0  # added inside the logarithm; not needed with shifted scores
MAX_EXPONENT = 700.0


def mat_mul_add(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    """out += a * b"""
    for i in range(len(out)):
        out[i] += np.dot(a[i], b)


def arg_max(row: np.ndarray) -> int:
    best: int = 0
    for j in range(1, len(row)):
        if row[j] > row[best]:
            best = j
    return best


class FCLayer:
    num_input: int
    num_output: int
    trainable: bool

    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        GAIN = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * math.sqrt(GAIN / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))
        self.m_input = None

    def forward(self, Input):
        self.m_input = Input
        n: int = len(Input)
        out = np.zeros((n, self.W.shape[1]))
        for i in range(n):
            out[i, :] = np.ravel(self.b)
        mat_mul_add(Input, self.W, out)
        return out

    def backward(self, delta):
        n: int = len(delta)
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros((1, self.W.shape[1]))
        mat_mul_add(self.m_input.T, delta, self.grad_W)
        for i in range(n):
            self.grad_b[0, :] += delta[i, :]
        grad_input = np.zeros((n, self.W.shape[0]))
        mat_mul_add(delta, self.W.T, grad_input)
        return grad_input


class ReLULayer:
    def __init__(self):
        self.trainable = False
        self.m_active = None

    def forward(self, Input):
        self.m_active = np.zeros(Input.shape, dtype=bool)
        out = np.zeros(Input.shape)
        for i in range(len(Input)):
            self.m_active[i] = Input[i] > 0
            out[i][self.m_active[i]] = Input[i][self.m_active[i]]
        return out

    def backward(self, delta):
        grad = np.zeros(delta.shape)
        for i in range(len(delta)):
            grad[i][self.m_active[i]] = delta[i][self.m_active[i]]
        return grad


class SigmoidLayer:
    def __init__(self):
        self.trainable = False
        self.m_out = None

    def forward(self, Input):
        self.m_out = np.zeros(Input.shape)
        for i in range(len(Input)):
            self.m_out[i] = 1.0 / (1.0 + np.exp(-np.maximum(Input[i], -MAX_EXPONENT)))
        return self.m_out.copy()

    def backward(self, delta):
        grad = np.zeros(delta.shape)
        for i in range(len(delta)):
            grad[i] = self.m_out[i] * (1.0 - self.m_out[i]) * delta[i]
        return grad


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.m_diff = None

    def forward(self, logit, gt):
        n: int = len(logit)
        self.m_diff = np.zeros(logit.shape)
        total: float = 0.0
        hits: int = 0
        for i in range(n):
            self.m_diff[i] = logit[i] - gt[i]
            for j in range(len(gt[i])):
                total += self.m_diff[i, j] * self.m_diff[i, j]
            if arg_max(logit[i]) == arg_max(gt[i]):
                hits += 1
        self.loss = total / (2.0 * n)
        self.acc = hits / n
        return self.loss

    def backward(self):
        grad = np.zeros(self.m_diff.shape)
        for i in range(len(self.m_diff)):
            grad[i] += self.m_diff[i] / len(self.m_diff)
        return grad


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0
        self.m_prob = None
        self.m_gt = None

    def forward(self, logit, gt):
        n: int = len(logit)
        self.m_prob = np.zeros(logit.shape)
        self.m_gt = np.array(gt)
        self.loss = 0.0
        hits: int = 0
        for i in range(n):
            row_max: float = max(logit[i])
            e = np.exp(logit[i] - row_max)
            row_sum: float = float(np.sum(e))
            self.m_prob[i] = e / row_sum
            for j in range(len(e)):
                if gt[i, j] != 0:
                    self.loss -= gt[i, j] * (logit[i, j] - row_max - math.log(row_sum + EPS))
            if arg_max(logit[i]) == arg_max(gt[i]):
                hits += 1
        self.loss /= n
        self.acc = hits / n
        return self.loss

    def backward(self):
        n: int = self.m_prob.shape[0]
        grad = self.m_prob.copy()
        for i in range(n):
            grad[i] -= self.m_gt[i]
            grad[i] /= n
        return grad


class SGD:
    learningRate: float
    weightDecay: float

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        for l in range(len(model.layerList)):
            layer = model.layerList[l]
            if not layer.trainable:
                continue
            update = np.zeros(layer.W.shape)
            update += layer.grad_W
            update += self.weightDecay * layer.W
            layer.W = layer.W - self.learningRate * update
            layer.b = layer.b - self.learningRate * layer.grad_b
