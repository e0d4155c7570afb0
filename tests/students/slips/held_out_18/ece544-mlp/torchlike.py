"""ECE544 part II, the way I'd do it in torch: nn.Modules with saved tensors, a DataLoader, optim.SGD, einsum Conv1d."""

import math

import numpy as np


class Module:
    def __call__(self, input):
        return self.forward(input)


class Linear(Module):
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.weight_grad = self.bias_grad = None

    def forward(self, input):
        self.input = input
        return input @ self.weight + self.bias

    def backward(self, grad_output):
        self.weight_grad = self.input.T @ grad_output
        self.bias_grad = grad_output.sum(0, keepdims=True)
        return grad_output @ self.weight.T


class ReLU(Module):
    def forward(self, input):
        self.input = input
        return np.clip(input, 0, None)

    def backward(self, grad_output):
        return np.where(self.input > 0, grad_output, 0.0)


class Sigmoid(Module):
    def forward(self, input):
        self.output = 0.5 * (1 + np.tanh(0.5 * input))
        return self.output

    def backward(self, grad_output):
        return grad_output * self.output * (1 - self.output)


class Tanh(Module):
    def forward(self, input):
        self.output = np.tanh(input)
        return self.output

    def backward(self, grad_output):
        return grad_output * (1 - self.output**2)


ACTIVATIONS = {"relu": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}


class MLP(Module):
    """nn.Sequential(Linear, act, Linear, act, ..., Linear); the softmax belongs to the loss."""

    def __init__(self, params, act):
        depth = len(params) // 2
        self.linears = [Linear(params[f"W{i + 1}"], params[f"b{i + 1}"]) for i in range(depth)]
        self.modules = []
        for i, linear in enumerate(self.linears):
            self.modules.append(linear)
            if i + 1 < depth:
                self.modules.append(ACTIVATIONS[act]())

    def forward(self, input):
        for module in self.modules:
            input = module(input)
        return input

    def backward(self, grad):
        for module in reversed(self.modules):
            grad = module.backward(grad)

    def grads(self):
        found = {}
        for i, linear in enumerate(self.linears, start=1):
            found[f"W{i}"] = linear.weight_grad
            found[f"b{i}"] = linear.bias_grad
        return found


class CrossEntropyLoss:
    def probabilities(self, logits):
        exps = np.exp(logits - logits.max(1, keepdims=True))
        self.probs = exps / exps.sum(1, keepdims=True)
        return self.probs

    def backward(self, target):
        return (self.probs - target) / target.shape[0]


class SGD:
    def __init__(self, params, lr, momentum):
        self.params, self.lr, self.momentum = params, lr, momentum
        self.velocity = {name: np.zeros(value.shape) for name, value in params.items()}

    def step(self, grads):
        for name in self.params:
            self.velocity[name] = self.momentum * self.velocity[name] + self.lr * grads[name]
            self.params[name] = self.params[name] - self.velocity[name]


class DataLoader:
    """shuffle=True, drop_last=False."""

    def __init__(self, inputs, targets, batch_size, generator):
        self.inputs, self.targets = inputs, targets
        self.batch_size, self.generator = batch_size, generator

    def __len__(self):
        return math.ceil(len(self.inputs) / self.batch_size)

    def __iter__(self):
        permutation = self.generator.permutation(len(self.inputs))
        for i in range(len(self)):
            rows = permutation[i * self.batch_size : (i + 1) * self.batch_size]
            yield self.inputs[rows], self.targets[rows]


def forward(X, params, act):
    net, criterion = MLP(params, act), CrossEntropyLoss()
    probs = criterion.probabilities(net(X))
    return probs, (net, criterion)


def backward(cache, T):
    net, criterion = cache
    net.backward(criterion.backward(T))
    return net.grads()


def predict(X, params, act):
    logits = MLP(params, act)(X)
    return np.argmax(logits, axis=1)


def confusion_matrix(y, yhat, K):
    matrix = np.zeros((K, K), dtype=np.int64)
    np.add.at(matrix, (y, yhat), 1)
    return matrix


def init_params(sizes, act, generator):
    params = {}
    for i, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        std = math.sqrt(2 / fan_in) if act == "relu" else math.sqrt(2 / (fan_in + fan_out))
        params[f"W{i}"] = std * generator.standard_normal((fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    widths = list(hidden) if isinstance(hidden, (tuple, list)) else [int(hidden)]
    num_classes = 1 + max(int(np.max(y)), int(np.max(yv)))
    one_hot = np.eye(num_classes)[y]
    params = init_params([X.shape[1], *widths, num_classes], act, rng)
    loader = DataLoader(X, one_hot, batch_size, rng)
    optimizer = SGD(params, lr, momentum)
    for epoch in range(epochs):
        for inputs, targets in loader:
            _, cache = forward(inputs, params, act)
            optimizer.step(backward(cache, targets))
    return params


def tdnn1d(x, w, b):
    """F.conv1d without padding."""
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    return np.einsum("ndtk,hdk->nht", windows, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    dw = np.einsum("nht,ndtk->hdk", dout, windows)
    dx = np.zeros(x.shape)
    for k in range(w.shape[2]):
        dx[:, :, k : k + dout.shape[2]] += np.einsum("nht,hd->ndt", dout, w[:, :, k])
    return dx, dw, dout.sum((0, 2))
