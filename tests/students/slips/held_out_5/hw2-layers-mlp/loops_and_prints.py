import numpy as np
import math

DEBUG = False

class FCLayer():
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        self.W = np.random.uniform(-1, 1, (num_input, num_output)) * math.sqrt(6. / num_input)
        self.b = np.zeros((1, num_output))
    def forward(self, Input):
        self.x = np.array(Input)
        if DEBUG: print('fc in', Input.shape)
        out = np.dot(Input, self.W)
        for n in range(out.shape[0]):
            out[n] += self.b.reshape(-1)
        return out
    def backward(self, delta):
        self.grad_W = np.zeros(self.W.shape)
        self.grad_b = np.zeros((1, self.W.shape[1]))
        for n in range(delta.shape[0]):
            self.grad_W += np.outer(self.x[n], delta[n])
            self.grad_b[0] += delta[n]
        return np.dot(self.W, delta.T).T

class ReLULayer():
    def __init__(self):
        self.trainable = False
    def forward(self, Input):
        self.out = np.array(Input, copy=True)
        self.out[self.out <= 0] = 0
        return self.out.copy()
    def backward(self, delta):
        d = np.array(delta, copy=True)
        d[self.out == 0] = 0
        return d

class SigmoidLayer():
    def __init__(self):
        self.trainable = False
    def forward(self, Input):
        self.Input = Input
        return self.f(Input)
    def f(self, x):
        return np.vectorize(lambda v: 1 / (1 + math.exp(-v)) if v > -30 else math.exp(v), otypes=[float])(x)
    def backward(self, delta):
        s = self.f(self.Input)
        return s * delta - s ** 2 * delta

class EuclideanLossLayer():
    def __init__(self):
        self.acc, self.loss = 0., 0.
    def forward(self, logit, gt):
        self.logit, self.gt = logit, gt
        N = len(gt)
        loss, right = 0., 0
        for n in range(N):
            loss += ((logit[n] - gt[n]) ** 2).sum()
            right += logit[n].argmax() == gt[n].argmax()
        self.acc = right / N
        self.loss = loss / 2 / N
        if DEBUG: print('loss', self.loss)
        return self.loss
    def backward(self):
        return np.array([(l - g) / len(self.gt) for l, g in zip(self.logit, self.gt)])

class SoftmaxCrossEntropyLossLayer():
    def __init__(self):
        self.acc, self.loss = 0., 0.
    def forward(self, logit, gt):
        N, C = logit.shape
        self.gt = gt
        self.z = np.zeros((N, C))
        loss = 0.
        for n in range(N):
            e = [math.exp(v - max(logit[n])) for v in logit[n]]
            for c in range(C):
                self.z[n, c] = e[c] / sum(e)
                if gt[n, c]:
                    loss -= logit[n, c] - max(logit[n]) - math.log(sum(e))
        self.acc = np.mean([np.argmax(self.z[n]) == np.argmax(gt[n]) for n in range(N)])
        self.loss = loss / N
        return self.loss
    def backward(self):
        return np.divide(self.z - self.gt, len(self.z))

class SGD():
    def __init__(self, learningRate, weightDecay):
        self.learningRate, self.weightDecay = learningRate, weightDecay
    def step(self, model):
        for i in range(len(model.layerList)):
            layer = model.layerList[i]
            if layer.trainable == True:
                decay = self.weightDecay * layer.W
                layer.W = layer.W - self.learningRate * layer.grad_W - self.learningRate * decay
                layer.b = layer.b - self.learningRate * layer.grad_b

if __name__ == '__main__':
    fc = FCLayer(3, 4)
    print(fc.forward(np.ones((2, 3))))
