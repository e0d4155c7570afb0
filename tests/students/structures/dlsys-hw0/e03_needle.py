"""A baby Needle: ops as classes with compute and gradient, values as nodes of a graph."""
import numpy as np


class Op:
    def __call__(self, *inputs):
        return Value(self.compute(*(v.data for v in inputs)), self, inputs)

    def compute(self, *arrays):
        raise NotImplementedError

    def gradient(self, out_grad, node):
        raise NotImplementedError


class Value:
    counter = 0

    def __init__(self, data, op=None, inputs=()):
        Value.counter += 1
        self.index = Value.counter
        self.data, self.op, self.inputs, self.grad = data, op, inputs, None

    def __matmul__(self, other):
        return MatMul()(self, other)

    def relu(self):
        return ReLU()(self)

    def backward(self):
        self.grad = np.float64(1.0)
        todo = {self.index: self}
        while todo:
            # the youngest node first: all that depend on it are done
            node = todo.pop(max(todo))
            if node.op is None:
                continue
            for parent, g in zip(node.inputs, node.op.gradient(node.grad, node)):
                parent.grad = g if parent.grad is None else parent.grad + g
                todo[parent.index] = parent


class MatMul(Op):
    def compute(self, a, b):
        return a @ b

    def gradient(self, out_grad, node):
        a, b = (v.data for v in node.inputs)
        return out_grad @ b.T, a.T @ out_grad


class ReLU(Op):
    def compute(self, a):
        return np.maximum(a, 0)

    def gradient(self, out_grad, node):
        return (out_grad * (node.data > 0),)


class SoftmaxLoss(Op):
    def __init__(self, y):
        self.y = np.asarray(y, dtype=np.int64)

    def compute(self, Z):
        m = Z.max(axis=1, keepdims=True)
        lse = np.log(np.exp(Z - m).sum(axis=1, keepdims=True)) + m
        self.p = np.exp(Z - lse)
        return float((lse[:, 0] - Z[np.arange(len(Z)), self.y]).mean())

    def gradient(self, out_grad, node):
        onehot = np.zeros(self.p.shape)
        onehot[np.arange(len(self.y)), self.y] = 1
        return (out_grad * (self.p - onehot) / len(self.y),)


def softmax_loss(Z, y):
    return SoftmaxLoss(y)(Value(Z)).data


def _sgd(X, y, weights, logits, lr, batch):
    for k in range(-(-len(X) // batch)):
        part = slice(k * batch, (k + 1) * batch)
        nodes = [Value(w) for w in weights]
        SoftmaxLoss(y[part])(logits(Value(X[part]), *nodes)).backward()
        for w, node in zip(weights, nodes):
            w[...] = w - lr * node.grad


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    _sgd(X, y, [theta], lambda x, t: x @ t, lr, batch)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    _sgd(X, y, [W1, W2], lambda x, a, b: (x @ a).relu() @ b, lr, batch)
