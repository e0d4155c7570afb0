# Layers of the MLP. Formulas from the slides of lectures 4 and 5 (one example is one COLUMN there).
import numpy as np


class FCLayer:
    def __init__(self, num_input, num_output, actFunction='relu', trainable=True):
        self.num_input = num_input
        self.num_output = num_output
        self.trainable = trainable
        # slide 4-31: He for relu, Xavier otherwise
        if actFunction == 'relu':
            std = np.sqrt(2.0 / num_input)
        else:
            std = np.sqrt(1.0 / num_input)
        self.W = std * np.random.randn(num_input, num_output)
        self.b = np.zeros((1, num_output))
        self.grad_W = np.zeros((num_input, num_output))
        self.grad_b = np.zeros((1, num_output))

    def forward(self, Input):
        # slide 4-8: columns
        self.A_prev = Input.T                                   # (D, N)
        # slide 4-9: Z = W^T A_prev + b
        Z = np.dot(self.W.T, self.A_prev) + self.b.reshape(-1, 1)   # (H, N)
        return Z.T

    def backward(self, delta):
        dZ = delta.T                                            # (H, N)
        # slide 5-12: dW = A_prev dZ^T
        dW = np.dot(self.A_prev, dZ.T)                          # (D, H)
        # slide 5-13: db = sum_i dZ(i)
        db = np.sum(dZ, axis=1, keepdims=True)                  # (H, 1)
        # slide 5-14: dA_prev = W dZ
        dA_prev = np.dot(self.W, dZ)                            # (D, N)
        self.grad_W = dW
        self.grad_b = db.T
        return dA_prev.T


class ReLULayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # slide 4-15: A = Z if Z > 0 else 0
        self.Z = Input
        A = self.Z * (self.Z > 0)
        return A

    def backward(self, delta):
        # slide 5-16: dZ = dA, 0 where Z <= 0
        dA = delta
        dZ = np.array(dA, copy=True)
        dZ[self.Z <= 0] = 0
        return dZ


class SigmoidLayer:
    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        # slide 4-14: A = 1 / (1 + e^-Z)
        Z = np.clip(Input, -500, 500)
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self, delta):
        # slide 5-17: g'(z) = a (1 - a)
        dA = delta
        gprime = self.A * (1 - self.A)
        dZ = dA * gprime
        return dZ


class EuclideanLossLayer:
    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def forward(self, logit, gt):
        # slide 4-22: J = 1/(2m) sum ||A - Y||^2
        self.A, self.Y = logit.T, gt.T                          # (C, N)
        self.m = self.A.shape[1]
        L = np.sum((self.A - self.Y) ** 2, axis=0)              # (N,)
        J = 1 / (2 * self.m) * np.sum(L)
        self.loss = J
        self.acc = np.mean(np.argmax(self.A, axis=0) == np.argmax(self.Y, axis=0))
        return J

    def backward(self):
        # slide 5-20: dA = 1/m (A - Y)
        dA = 1 / self.m * (self.A - self.Y)
        return dA.T


class SoftmaxCrossEntropyLossLayer:
    def __init__(self):
        self.loss = 0.
        self.acc = 0.

    def forward(self, logit, gt):
        Z, self.Y = logit.T, gt.T                               # (C, N)
        self.m = Z.shape[1]
        # slide 4-26: shift
        Zs = Z - np.max(Z, axis=0)
        # slide 4-25: T = e^Z, A = T / sum T
        T = np.exp(Zs)
        self.A = T / np.sum(T, axis=0)
        # slide 4-27: L = - sum_k y_k log a_k
        L = -np.sum(self.Y * np.log(self.A + 1e-12), axis=0)
        # slide 4-28: J = 1/m sum L
        J = np.sum(L) / self.m
        self.loss = J
        self.acc = np.mean(np.argmax(Z, axis=0) == np.argmax(self.Y, axis=0))
        return J

    def backward(self):
        # slide 5-21: dZ = 1/m (A - Y)
        dZ = (self.A - self.Y) / self.m
        return dZ.T


class SGD:
    def __init__(self, learningRate, weightDecay):
        self.learningRate = learningRate
        self.weightDecay = weightDecay

    def step(self, model):
        alpha = self.learningRate
        lam = self.weightDecay
        for layer in model.layerList:
            if layer.trainable == True:
                # slide 5-30: W := (1 - alpha lambda) W - alpha dW
                layer.W = (1 - alpha * lam) * layer.W - alpha * layer.grad_W
                # slide 5-31: b := b - alpha db
                layer.b = layer.b - alpha * layer.grad_b
