import numpy as np


class Parameter:
    """A tensor with .data and .grad, like torch.nn.Parameter; data is the caller's array itself."""

    def __init__(self, data):
        self.data = data
        self.grad = None


class Module:
    def parameters(self):
        return []

    def __call__(self, *args):
        return self.forward(*args)


class Linear(Module):
    def __init__(self, weight):
        self.weight = Parameter(weight)

    def parameters(self):
        return [self.weight]

    def forward(self, x):
        self.x = x
        return x @ self.weight.data

    def backward(self, grad_output):
        self.weight.grad = self.x.T @ grad_output
        return grad_output @ self.weight.data.T


class ReLU(Module):
    def forward(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0)

    def backward(self, grad_output):
        return np.where(self.mask, grad_output, 0)


class Sequential(Module):
    def __init__(self, *modules):
        self.modules = modules

    def parameters(self):
        return [p for module in self.modules for p in module.parameters()]

    def forward(self, x):
        for module in self.modules:
            x = module(x)
        return x

    def backward(self, grad):
        for module in reversed(self.modules):
            grad = module.backward(grad)
        return grad


class CrossEntropyLoss(Module):
    """Logits and class indices, reduction='mean'."""

    def forward(self, logits, target):
        self.target = np.asarray(target).astype(np.int64)
        self.rows = np.arange(logits.shape[0])
        shifted = logits - logits.max(axis=1, keepdims=True)
        self.log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return -self.log_probs[self.rows, self.target].mean()

    def backward(self):
        grad = np.exp(self.log_probs)
        grad[self.rows, self.target] -= 1.0
        return grad / len(self.rows)


class SGD:
    def __init__(self, params, lr):
        self.params = list(params)
        self.lr = lr

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    def step(self):
        for p in self.params:
            p.data -= self.lr * p.grad


def data_loader(X, y, batch_size):
    """DataLoader(shuffle=False, drop_last=False)"""
    for i in range(0, X.shape[0], batch_size):
        yield X[i:i + batch_size], y[i:i + batch_size]


def train_epoch(model, X, y, lr, batch):
    criterion = CrossEntropyLoss()
    optimizer = SGD(model.parameters(), lr=lr)
    for inputs, targets in data_loader(X, y, batch):
        optimizer.zero_grad()
        criterion(model(inputs), targets)
        model.backward(criterion.backward())
        optimizer.step()


def softmax_loss(Z, y):
    return CrossEntropyLoss()(Z, y)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    train_epoch(Linear(theta), X, y, lr, batch)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    model = Sequential(Linear(W1), ReLU(), Linear(W2))
    train_epoch(model, X, y, lr, batch)
