# HW2 part 3 + 4
# I do one example after the other, easier to check with the formulas
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
        self.X = Input
        out = []
        for x in Input:
            out.append(np.dot(x, self.W) + self.b[0])
        return np.array(out)

    def backward(self, delta):
        gW = np.zeros(self.W.shape)
        gb = np.zeros(self.W.shape[1])
        dX = []
        for x, d in zip(self.X, delta):
            gW = gW + np.outer(x, d)
            gb = gb + d
            dX.append(np.dot(self.W, d))     # same as d W^T ??  yes
        self.grad_W = gW
        self.grad_b = gb.reshape(1, len(gb))
        return np.array(dX)


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.Input = Input
        result = np.array(Input)
        result[result < 0] = 0
        return result

    def backward(self, delta):
        result = np.array(delta)
        result[self.Input <= 0] = 0
        return result


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # exp(-x) overflows for x = -1000, so two cases
        z = np.zeros(Input.shape)
        for n, row in enumerate(Input):
            big = row >= 0
            z[n][big] = 1 / (1 + np.exp(-row[big]))
            e = np.exp(row[~big])
            z[n][~big] = e / (e + 1)
        self.z = z
        return z

    def backward(self, delta):
        dX = []
        for z, d in zip(self.z, delta):
            dX.append(d * z * (1 - z))
        return np.array(dX)


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def forward(self, logit, gt):
        self.logit = logit
        self.gt = gt
        total = 0.0
        right = 0
        for s, t in zip(logit, gt):
            diff = s - t
            total = total + np.dot(diff, diff)
            if np.argmax(s) == np.argmax(t):
                right += 1
        self.acc = right / len(gt)
        self.loss = total / (2 * len(gt))
        return self.loss

    def backward(self):
        N = len(self.gt)
        grad = []
        for s, t in zip(self.logit, self.gt):
            grad.append((s - t) / N)
        return np.array(grad)


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.0
        self.acc = 0.0

    def softmax(self, s):
        e = np.exp(s - max(s))
        return e / sum(e)

    def forward(self, logit, gt):
        self.Z = []
        self.T = []
        self.N = len(gt)
        loss = 0.0
        hits = 0
        for s, t in zip(logit, gt):
            z = self.softmax(s)
            self.Z.append(z)
            self.T.append(t)
            # log z without log(0)
            logz = s - max(s) - np.log(sum(np.exp(s - max(s))))
            loss -= np.dot(t, logz)
            if np.argmax(z) == np.argmax(t):
                hits += 1
        self.acc = hits / self.N
        self.loss = loss / self.N
        return self.loss

    def backward(self):
        delta = []
        for z, t in zip(self.Z, self.T):
            delta.append((z - t) / self.N)
        return np.array(delta)


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        lr = self.learningRate
        wd = self.weightDecay
        for i in range(len(model.layerList)):
            layer = model.layerList[i]
            if layer.trainable == False:
                continue
            newW = layer.W - lr * layer.grad_W - lr * wd * layer.W
            newb = layer.b - lr * layer.grad_b
            layer.W = newW
            layer.b = newb
