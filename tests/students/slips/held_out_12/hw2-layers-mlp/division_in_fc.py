"""
The losses' backward gives the derivative per example (no 1/N); the fully connected layer averages over the batch.
So the division happens once, in FCLayer.backward, for grad_W and grad_b.
"""
import numpy as np


class FCLayer:

    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == 'relu' else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.batch = Input
        Output = np.zeros((Input.shape[0], self.W.shape[1]))
        for i, x in enumerate(Input):
            Output[i, :] = x.dot(self.W) + self.b
        return Output

    def backward(self, delta):
        n = delta.shape[0]
        sum_W = np.zeros(self.W.shape)
        sum_b = np.zeros(self.b.shape)
        back = np.zeros(self.batch.shape)
        for i in range(n):
            x, d = self.batch[i], delta[i]
            sum_W += x[:, np.newaxis] * d[np.newaxis, :]
            sum_b += d
            back[i] = self.W.dot(d)
        self.grad_W = sum_W / n
        self.grad_b = sum_b / n
        return back


class ReLULayer:

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.sign = (np.sign(Input) + 1) // 2 * (Input != 0)
        return Input * self.sign

    def backward(self, delta):
        return delta * self.sign


class SigmoidLayer:

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        small = np.exp(-np.fabs(Input))      # at most 1
        far = 1.0 / (1.0 + small)            # sigmoid of |x|
        self.z = np.where(Input < 0, small * far, far)
        return self.z

    def backward(self, delta):
        return self.z * (1 - self.z) * delta


class EuclideanLossLayer:

    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def forward(self, logit, gt):
        self.pair = (logit, gt)
        right = [np.argmax(l) == np.argmax(g) for l, g in zip(logit, gt)]
        self.acc = sum(right) / len(right)
        self.loss = sum(np.dot(l - g, l - g) for l, g in zip(logit, gt)) / (2.0 * len(gt))
        return self.loss

    def backward(self):
        logit, gt = self.pair
        return logit - gt


class SoftmaxCrossEntropyLossLayer:

    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def forward(self, logit, gt):
        n = len(logit)
        self.difference = np.empty(logit.shape)
        total, right = 0.0, 0
        for i in range(n):
            s = logit[i] - max(logit[i])
            e = np.exp(s)
            log_z = s - np.log(e.sum())
            total -= np.dot(gt[i], log_z)
            right += np.argmax(s) == np.argmax(gt[i])
            self.difference[i] = e / e.sum() - gt[i]
        self.loss, self.acc = total / n, right / n
        return self.loss

    def backward(self):
        return self.difference


class SGD:

    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        lr, wd = self.learningRate, self.weightDecay
        for layer in model.layerList:
            if layer.trainable == True:
                layer.W -= lr * layer.grad_W + lr * wd * layer.W
                layer.b -= lr * layer.grad_b
