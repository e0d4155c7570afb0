"""hw0 the PyTorch way: Parameters, a functional namespace, Linear modules, a DataLoader and an SGD optimizer."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Parameter:
    """Shares its data with the caller's array, as torch.from_numpy does."""

    data: np.ndarray
    grad: np.ndarray | None = field(default=None, repr=False)


class F:
    """torch.nn.functional, what I need of it."""

    @staticmethod
    def logsumexp(x: np.ndarray) -> np.ndarray:
        m = x.max(axis=-1)
        return m + np.log(np.exp(x - m[:, None]).sum(axis=-1))

    @staticmethod
    def softmax(x: np.ndarray) -> np.ndarray:
        return np.exp(x - F.logsumexp(x)[:, None])

    @staticmethod
    def one_hot(target: np.ndarray, num_classes: int) -> np.ndarray:
        out = np.zeros((target.shape[0], num_classes))
        np.put_along_axis(out, target.astype(np.int64).reshape(-1, 1), 1.0, axis=1)
        return out

    @staticmethod
    def cross_entropy(logits: np.ndarray, target: np.ndarray, reduction: str = "mean"):
        picked = logits[np.arange(target.shape[0]), target]
        losses = F.logsumexp(logits) - picked
        match reduction:
            case "mean":
                return losses.mean()
            case "sum":
                return losses.sum()
            case _:
                return losses


class Linear:
    """No bias. backward() stores the gradient in weight.grad and returns the one by the input."""

    def __init__(self, weight: Parameter):
        self.weight = weight

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.saved = x
        return x @ self.weight.data

    def backward(self, grad: np.ndarray) -> np.ndarray:
        g = self.saved.T @ grad
        self.weight.grad = g if self.weight.grad is None else self.weight.grad + g
        return grad @ self.weight.data.T


class ReLU:
    def forward(self, x: np.ndarray) -> np.ndarray:
        self.saved = x
        return np.where(x > 0, x, 0.0)

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return np.where(self.saved > 0, grad, 0.0)


class SGD:
    def __init__(self, params, lr: float):
        self.params, self.lr = list(params), lr

    def zero_grad(self) -> None:
        for p in self.params:
            p.grad = None

    def step(self) -> None:
        for p in self.params:
            np.subtract(p.data, self.lr * p.grad, out=p.data)


class DataLoader:
    """shuffle=False, drop_last=False."""

    def __init__(self, X, y, batch_size):
        self.X, self.y, self.batch_size = X, y, batch_size

    def __len__(self) -> int:
        return -(-len(self.X) // self.batch_size)

    def __iter__(self):
        for i in range(len(self)):
            rows = slice(i * self.batch_size, (i + 1) * self.batch_size)
            yield self.X[rows], self.y[rows]


def train_one_epoch(layers, optimizer, loader) -> None:
    for inputs, targets in loader:
        optimizer.zero_grad()
        out = inputs
        for layer in layers:
            out = layer.forward(out)
        grad = F.softmax(out) - F.one_hot(targets, out.shape[1])
        grad = grad / targets.shape[0]  # reduction="mean"
        for layer in layers[::-1]:
            grad = layer.backward(grad)
        optimizer.step()


def softmax_loss(Z, y):
    """Average softmax loss of logits Z (N, C) and labels y (N,)."""
    return F.cross_entropy(Z, y)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One epoch of SGD on theta, in place."""
    weight = Parameter(theta)
    train_one_epoch([Linear(weight)], SGD([weight], lr), DataLoader(X, y, batch))


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One epoch of SGD on W1 and W2, in place."""
    fc1, fc2 = Linear(Parameter(W1)), Linear(Parameter(W2))
    optimizer = SGD((fc1.weight, fc2.weight), lr)
    train_one_epoch([fc1, ReLU(), fc2], optimizer, DataLoader(X, y, batch))
