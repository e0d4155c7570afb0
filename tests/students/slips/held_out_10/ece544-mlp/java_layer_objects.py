"""
ECE 544NA, Assignment 2, Part II (and the layer of Part III).

The code is organised as in my old Java projects: one abstract class per concept,
a factory, and thin static-like functions at the bottom that fulfil the interface.
"""
from abc import ABC, abstractmethod

import numpy as np


class Activation(ABC):

    @abstractmethod
    def apply(self, z):
        ...

    @abstractmethod
    def slope(self, z, a):
        ...


class Relu(Activation):

    def apply(self, z):
        return z * (z > 0)

    def slope(self, z, a):
        return (z > 0).astype(np.float64)


class Sigmoid(Activation):

    def apply(self, z):
        # 1 / (1 + exp(-z)) without overflow
        return 0.5 * (1.0 + np.tanh(0.5 * z))

    def slope(self, z, a):
        return a * (1.0 - a)


class Tanh(Activation):

    def apply(self, z):
        return np.tanh(z)

    def slope(self, z, a):
        return (1.0 - a) * (1.0 + a)


class Identity(Activation):
    """For the last layer: the softmax comes afterwards."""

    def apply(self, z):
        return z

    def slope(self, z, a):
        return np.ones_like(z)


class ActivationFactory:

    @staticmethod
    def create(name):
        if name == "relu":
            return Relu()
        elif name == "sigmoid":
            return Sigmoid()
        elif name == "tanh":
            return Tanh()
        else:
            raise ValueError("Unknown activation: " + str(name))


class DenseLayer:

    def __init__(self, number, weights, bias, activation):
        self.number = number
        self.weights = weights
        self.bias = bias
        self.activation = activation
        self.lastInput = None
        self.lastZ = None
        self.lastOutput = None

    def feedForward(self, x):
        self.lastInput = x
        self.lastZ = x.dot(self.weights) + self.bias
        self.lastOutput = self.activation.apply(self.lastZ)
        return self.lastOutput

    def feedBack(self, dOutput, grads):
        """dOutput is the derivative by the layer's output. Returns the one by its input."""
        dZ = dOutput * self.activation.slope(self.lastZ, self.lastOutput)
        grads["W" + str(self.number)] = self.lastInput.T.dot(dZ)
        grads["b" + str(self.number)] = dZ.sum(axis=0).reshape(np.shape(self.bias))
        return dZ.dot(self.weights.T)


class Network:

    def __init__(self, params, act):
        self.layers = []
        numLayers = len(params) // 2
        for i in range(1, numLayers + 1):
            isLast = (i == numLayers)
            activation = Identity() if isLast else ActivationFactory.create(act)
            self.layers.append(DenseLayer(i, params["W" + str(i)], params["b" + str(i)], activation))
        self.probs = None

    @staticmethod
    def softmax(logits):
        shifted = logits - logits.max(axis=1).reshape(-1, 1)
        exps = np.exp(shifted)
        return exps / exps.sum(axis=1).reshape(-1, 1)

    def run(self, x):
        signal = x
        for layer in self.layers:
            signal = layer.feedForward(signal)
        self.probs = Network.softmax(signal)
        return self.probs

    def backpropagate(self, target):
        grads = {}
        n = target.shape[0]
        signal = (self.probs - target) / n
        for layer in reversed(self.layers):
            signal = layer.feedBack(signal, grads)
        return grads


class MomentumOptimizer:

    def __init__(self, params, lr, momentum):
        self.lr = lr
        self.momentum = momentum
        self.velocities = {}
        for key in params.keys():
            self.velocities[key] = np.zeros(params[key].shape)

    def step(self, params, grads):
        for key in params.keys():
            v = self.velocities[key]
            v *= self.momentum
            v += self.lr * grads[key]
            params[key] -= v


class BatchIterator:
    """Implements the iterator protocol, as java.util.Iterator."""

    def __init__(self, indices, batchSize):
        self.indices = indices
        self.batchSize = batchSize
        self.position = 0

    def __iter__(self):
        return self

    def hasNext(self):
        return self.position < len(self.indices)

    def __next__(self):
        if not self.hasNext():
            raise StopIteration
        end = min(self.position + self.batchSize, len(self.indices))
        batch = self.indices[self.position:end]
        self.position = end
        return batch


class ParameterFactory:

    def __init__(self, rng, act):
        self.rng = rng
        self.act = act

    def create(self, sizes):
        params = {}
        for i in range(1, len(sizes)):
            fanIn = sizes[i - 1]
            fanOut = sizes[i]
            if self.act == "relu":
                deviation = np.sqrt(2.0 / fanIn)
            else:
                deviation = np.sqrt(2.0 / (fanIn + fanOut))
            params["W" + str(i)] = deviation * self.rng.standard_normal((fanIn, fanOut))
            params["b" + str(i)] = np.zeros((1, fanOut))
        return params


# ---------------------------------------------------------------- interface


def forward(X, params, act):
    network = Network(params, act)
    probs = network.run(X)
    return probs, network


def backward(cache, T):
    return cache.backpropagate(T)


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    result = []
    for row in probs:
        best = 0
        for k in range(len(row)):
            if row[k] > row[best]:
                best = k
        result.append(best)
    return np.array(result)


def confusion_matrix(y, yhat, K):
    matrix = np.zeros((K, K), dtype=int)
    for i in range(len(y)):
        row = int(y[i])
        column = int(yhat[i])
        matrix[row][column] += 1
    return matrix


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if not isinstance(hidden, (tuple, list)):
        hidden = (hidden,)
    numClasses = int(np.max(y)) + 1
    sizes = [X.shape[1]] + [int(h) for h in hidden] + [numClasses]

    T = np.zeros((len(y), numClasses))
    for i in range(len(y)):
        T[i][y[i]] = 1.0

    params = ParameterFactory(rng, act).create(sizes)
    optimizer = MomentumOptimizer(params, lr, momentum)
    for epoch in range(epochs):
        indices = rng.permutation(X.shape[0])
        for batch in BatchIterator(indices, batch_size):
            probs, network = forward(X[batch], params, act)
            grads = backward(network, T[batch])
            optimizer.step(params, grads)
    return params


def tdnn1d(x, w, b):
    N, D, L = x.shape
    H, _, W = w.shape
    V = L - W + 1
    out = np.zeros((N, H, V))
    for n in range(N):
        for h in range(H):
            for t in range(V):
                out[n, h, t] = (w[h] * x[n, :, t:t + W]).sum() + b[h]
    return out


def tdnn1d_backward(dout, x, w):
    N, D, L = x.shape
    H, _, W = w.shape
    V = L - W + 1
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(H)
    for n in range(N):
        for h in range(H):
            for t in range(V):
                g = dout[n, h, t]
                dx[n, :, t:t + W] += g * w[h]
                dw[h] += g * x[n, :, t:t + W]
                db[h] += g
    return dx, dw, db
