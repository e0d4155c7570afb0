import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        self.actFunction = actFunction
        if actFunction == 'relu':
            std = np.sqrt(2.0 / num_input)
        else:
            std = np.sqrt(1.0 / num_input)
        self.W = std * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        self.Input = Input
        N = Input.shape[0]
        out = np.zeros((N, self.num_output))
        for n in range(N):
            # for h in range(self.num_output):
            #     out[n, h] = np.sum(Input[n] * self.W[:, h]) + self.b[0, h]
            out[n] = np.dot(Input[n], self.W)
        out = out + self.b
        return out

    def backward(self, delta):
        N = delta.shape[0]
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros((1, self.W.shape[1]))
        for n in range(N):
            x = self.Input[n].reshape(-1, 1)
            d = delta[n].reshape(1, -1)
            self.grad_W += np.dot(x, d)
            self.grad_b += d
        # self.grad_b = delta.sum(0)
        dX = np.dot(delta, self.W.T)
        return dX


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Input = Input
        out = Input.copy()
        out[out < 0] = 0
        return out

    def backward(self, delta):
        grad = np.zeros(delta.shape)
        for n in range(delta.shape[0]):
            for h in range(delta.shape[1]):
                if self.Input[n, h] > 0:
                    grad[n, h] = delta[n, h]
        return grad


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # clip so that exp does not overflow
        x = np.clip(Input, -500, 500)
        # self.z = np.exp(x) / (1 + np.exp(x))
        self.z = 1.0 / (1.0 + np.exp(-x))
        return self.z

    def backward(self, delta):
        ones = np.ones(self.z.shape)
        dz = self.z * (ones - self.z)
        return dz * delta


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        N, C = logit.shape
        total = 0.
        right = 0
        for n in range(N):
            row = logit[n] - gt[n]
            total += np.sum(row ** 2)
            if np.argmax(logit[n]) == np.argmax(gt[n]):
                right += 1
        self.acc = right / N
        self.loss = total / (2 * N)
        return self.loss

    def backward(self):
        N, C = self.logit.shape
        d = np.zeros((N, C))
        for c in range(C):
            d[:, c] = self.logit[:, c] - self.gt[:, c]
        return d / N


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def forward(self, logit, gt):
        N, C = logit.shape
        self.gt = gt
        self.prob = np.zeros((N, C))
        total = 0.
        right = 0
        for n in range(N):
            m = np.max(logit[n])
            e = np.exp(logit[n] - m)
            self.prob[n] = e / e.sum()
            y = int(np.argmax(gt[n]))
            # total -= np.log(self.prob[n, y])
            total -= logit[n, y] - m - np.log(e.sum())
            if np.argmax(self.prob[n]) == y:
                right = right + 1
        self.loss = total / N
        self.acc = right / float(N)
        return self.loss

    def backward(self):
        N = self.gt.shape[0]
        d = self.prob.copy()
        for n in range(N):
            d[n] = (d[n] - self.gt[n]) / N
        return d


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        layers = model.layerList
        for i in range(len(layers)):
            if layers[i].trainable == False:
                continue
            # for d in range(layers[i].W.shape[0]): ...
            new_W = np.zeros(layers[i].W.shape)
            for d in range(layers[i].W.shape[0]):
                new_W[d] = layers[i].W[d] - self.learningRate * (layers[i].grad_W[d] + self.weightDecay * layers[i].W[d])
            layers[i].W = new_W
            layers[i].b = layers[i].b - self.learningRate * layers[i].grad_b
