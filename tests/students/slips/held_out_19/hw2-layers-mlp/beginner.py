"""HW2 layers. I kept everything in self and did one thing per line."""
import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        scale = 2 if actFunction == "relu" else 1
        self.W = np.random.randn(num_input, num_output) * np.sqrt(scale / num_input)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros_like(self.W)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, Input):
        self.Input = Input
        XW = np.dot(Input, self.W)
        result = XW + self.b
        return result

    def backward(self, delta):
        # gradient of the weights
        X_transposed = np.transpose(self.Input)
        self.grad_W = np.dot(X_transposed, delta)
        # gradient of the bias: add up the examples
        number_of_examples = delta.shape[0]
        number_of_outputs = delta.shape[1]
        bias_gradient = np.zeros((1, number_of_outputs))
        for n in range(number_of_examples):
            for h in range(number_of_outputs):
                bias_gradient[0, h] = bias_gradient[0, h] + delta[n, h]
        self.grad_b = bias_gradient
        # gradient for the layer below
        W_transposed = np.transpose(self.W)
        delta_below = np.dot(delta, W_transposed)
        return delta_below


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.positive = Input > 0
        output = np.zeros(Input.shape)
        output[self.positive] = Input[self.positive]
        return output

    def backward(self, delta):
        result = np.zeros(delta.shape)
        result[self.positive] = delta[self.positive]
        return result


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        z = np.zeros(Input.shape)
        # two cases so that exp never gets a big number
        positive = Input >= 0
        negative = Input < 0
        z[positive] = 1.0 / (1.0 + np.exp(-Input[positive]))
        small = np.exp(Input[negative])
        z[negative] = small / (1.0 + small)
        self.z = z
        return z

    def backward(self, delta):
        one_minus_z = 1.0 - self.z
        derivative = self.z * one_minus_z
        result = delta * derivative
        return result


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        N = logit.shape[0]
        difference = logit - gt
        total = 0.0
        correct = 0
        for n in range(N):
            squares = difference[n] ** 2
            total = total + np.sum(squares)
            if np.argmax(logit[n]) == np.argmax(gt[n]):
                correct = correct + 1
        self.acc = correct / N
        self.loss = total / (2.0 * N)
        return self.loss

    def backward(self):
        N = self.logit.shape[0]
        difference = self.logit - self.gt
        gradient = difference / N
        return gradient


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        N = logit.shape[0]
        C = logit.shape[1]
        self.gt = gt
        self.z = np.zeros((N, C))
        total = 0.0
        correct = 0
        for n in range(N):
            row = logit[n]
            biggest = np.max(row)
            exps = np.exp(row - biggest)
            exps_sum = np.sum(exps)
            self.z[n] = exps / exps_sum
            # log of the softmax without dividing first
            log_z = row - biggest - np.log(exps_sum)
            for k in range(C):
                if gt[n, k] > 0:
                    total = total - gt[n, k] * log_z[k]
            if np.argmax(row) == np.argmax(gt[n]):
                correct = correct + 1
        self.acc = correct / N
        self.loss = total / N
        return self.loss

    def backward(self):
        N = self.gt.shape[0]
        gradient = self.z - self.gt
        gradient = gradient / N
        return gradient


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for i in range(len(layers)):
            layer = layers[i]
            if layer.trainable == True:
                # the weights get the decay, the bias does not
                decay = self.weightDecay * layer.W
                direction_W = layer.grad_W + decay
                step_W = self.learningRate * direction_W
                step_b = self.learningRate * layer.grad_b
                layer.W = layer.W - step_W
                layer.b = layer.b - step_b
