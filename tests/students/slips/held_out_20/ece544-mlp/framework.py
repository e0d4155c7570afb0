"""Keras-like: Dense and Activation layers, a Sequential that holds them, an SGD optimiser and a DataLoader."""

import numpy as np


class Layer:
    def parameters(self):
        return {}


class Dense(Layer):
    def __init__(self, index, weight, bias):
        self.index = index
        self.weight = weight
        self.bias = bias
        self.grads = {}

    def call(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backprop(self, grad):
        self.grads = {f"W{self.index}": self.x.T @ grad, f"b{self.index}": np.sum(grad, axis=0, keepdims=True)}
        return grad @ self.weight.T


class ReLU(Layer):
    def call(self, x):
        self.on = x > 0
        return x * self.on

    def backprop(self, grad):
        return grad * self.on


class Sigmoid(Layer):
    def call(self, x):
        self.out = 0.5 * (np.tanh(x / 2) + 1)
        return self.out

    def backprop(self, grad):
        return grad * self.out * (1 - self.out)


class Tanh(Layer):
    def call(self, x):
        self.out = np.tanh(x)
        return self.out

    def backprop(self, grad):
        return grad * (1 - self.out**2)


ACTIVATIONS = {"relu": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}


class SoftmaxCrossEntropy:
    def call(self, logits):
        logits = logits - np.max(logits, axis=-1, keepdims=True)
        exps = np.exp(logits)
        self.probs = exps / np.sum(exps, axis=-1, keepdims=True)
        return self.probs

    def backprop(self, target):
        return (self.probs - target) / target.shape[0]


class Sequential:
    def __init__(self, params, act):
        self.layers = []
        depth = len(params) // 2
        for index in range(1, depth + 1):
            self.layers.append(Dense(index, params[f"W{index}"], params[f"b{index}"]))
            if index != depth:
                self.layers.append(ACTIVATIONS[act]())
        self.head = SoftmaxCrossEntropy()

    def __call__(self, x):
        for layer in self.layers:
            x = layer.call(x)
        return self.head.call(x)

    def gradients(self, target):
        grad = self.head.backprop(target)
        collected = {}
        for layer in reversed(self.layers):
            grad = layer.backprop(grad)
            if isinstance(layer, Dense):
                collected.update(layer.grads)
        return collected


class Initializer:
    """He for ReLU, Glorot otherwise."""

    def __init__(self, act, rng):
        self.act = act
        self.rng = rng

    def __call__(self, fan_in, fan_out):
        variance = 2.0 / fan_in if self.act == "relu" else 2.0 / (fan_in + fan_out)
        return self.rng.normal(0.0, variance**0.5, size=(fan_in, fan_out))


class SGD:
    def __init__(self, params, lr, momentum):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.velocity = {name: np.zeros(value.shape) for name, value in params.items()}

    def apply_gradients(self, grads):
        for name, grad in grads.items():
            self.velocity[name] = self.momentum * self.velocity[name] + self.lr * grad
            self.params[name] -= self.velocity[name]


class DataLoader:
    def __init__(self, X, T, batch_size, rng):
        self.X, self.T, self.batch_size, self.rng = X, T, batch_size, rng

    def __iter__(self):
        index = np.arange(len(self.X))
        self.rng.shuffle(index)
        for start in range(0, len(index), self.batch_size):
            chosen = index[start : start + self.batch_size]
            yield self.X[chosen], self.T[chosen]


def forward(X, params, act):
    net = Sequential(params, act)
    probs = net(X)
    return probs, net


def backward(cache, T):
    return cache.gradients(T)


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=-1)


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (np.asarray(y), np.asarray(yhat)), 1)
    return counts


def to_categorical(y, num_classes):
    out = np.zeros((len(y), num_classes))
    out[np.arange(len(y)), y] = 1.0
    return out


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    units = [hidden] if np.ndim(hidden) == 0 else list(hidden)
    num_classes = int(np.concatenate([y, yv]).max()) + 1
    widths = [X.shape[1]] + units + [num_classes]
    kernel_initializer = Initializer(act, rng)
    params = {}
    for index in range(1, len(widths)):
        params[f"W{index}"] = kernel_initializer(widths[index - 1], widths[index])
        params[f"b{index}"] = np.zeros((1, widths[index]))
    optimizer = SGD(params, lr, momentum)
    loader = DataLoader(X, to_categorical(y, num_classes), batch_size, rng)
    for _ in range(epochs):
        for inputs, targets in loader:
            _, cache = forward(inputs, params, act)
            optimizer.apply_gradients(backward(cache, targets))
    return params
