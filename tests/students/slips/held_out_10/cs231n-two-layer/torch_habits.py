"""TwoLayerNet built from small modules with forward/backward, the way torch.nn does it."""

from __future__ import annotations

from typing import Iterator

import numpy as np


class Linear:
    """y = x @ weight + bias (note: weight is (in, out) here, not (out, in) as in torch)."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        self.weight, self.bias = weight, bias
        self.grad_weight = np.zeros_like(weight, dtype=float)
        self.grad_bias = np.zeros_like(bias, dtype=float)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        self.input = x
        return x @ self.weight + self.bias

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        self.grad_weight += self.input.T @ grad_out
        self.grad_bias += np.ones(len(grad_out)) @ grad_out
        return grad_out @ self.weight.T


class ReLU:
    def __call__(self, x: np.ndarray) -> np.ndarray:
        self.mask = (x > 0).astype(x.dtype)
        return x.clip(min=0)

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        return grad_out * self.mask


def log_softmax(x: np.ndarray, dim: int = 1) -> np.ndarray:
    x = x - np.max(x, axis=dim, keepdims=True)
    return x - np.log(np.sum(np.exp(x), axis=dim, keepdims=True))


class CrossEntropyLoss:
    """reduction='mean', targets are class indices."""

    def __call__(self, logits: np.ndarray, target: np.ndarray) -> float:
        self.logp, self.target = log_softmax(logits), target
        return float(-np.take_along_axis(self.logp, target[:, None], axis=1).mean())

    def backward(self) -> np.ndarray:
        batch, classes = self.logp.shape
        onehot = (self.target[:, None] == np.arange(classes)).astype(float)
        return (np.exp(self.logp) - onehot) / batch


class Sequential:
    def __init__(self, *modules) -> None:
        self.modules = modules

    def __call__(self, x: np.ndarray) -> np.ndarray:
        for module in self.modules:
            x = module(x)
        return x

    def backward(self, grad: np.ndarray) -> np.ndarray:
        for module in reversed(self.modules):
            grad = module.backward(grad)
        return grad


class SGD:
    """optim.SGD with a plain exponential schedule."""

    def __init__(self, params: dict[str, np.ndarray], lr: float) -> None:
        self.params = params
        self.lr = lr

    def step(self, grads: dict[str, np.ndarray]) -> None:
        for name, param in self.params.items():
            self.params[name] = param - self.lr * grads[name]

    def decay(self, gamma: float) -> None:
        self.lr *= gamma


def random_batches(n: int, size: int) -> Iterator[tuple[np.ndarray, bool]]:
    """Endless DataLoader(shuffle=True, drop_last=True); also says whether the pass ends with this batch."""
    size = min(size, n)
    while True:
        order = np.random.permutation(n)
        starts = range(0, n - size + 1, size)
        for start in starts:
            yield order[start : start + size], start == starts[-1]


class TwoLayerNet:
    """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, std: float = 1e-4) -> None:
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _build(self) -> Sequential:
        p = self.params
        return Sequential(Linear(p["W1"], p["b1"]), ReLU(), Linear(p["W2"], p["b2"]))

    def loss(self, X, y=None, reg=0.0):
        model = self._build()
        logits = model(X)
        if y is None:
            return logits
        criterion = CrossEntropyLoss()
        loss = criterion(logits, y)
        model.backward(criterion.backward())

        fc1, _, fc2 = model.modules
        for fc in (fc1, fc2):
            loss += reg * np.linalg.norm(fc.weight) ** 2
            fc.grad_weight += 2 * reg * fc.weight
        return loss, {"W1": fc1.grad_weight, "b1": fc1.grad_bias, "W2": fc2.grad_weight, "b2": fc2.grad_bias}

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        optimizer = SGD(self.params, lr=learning_rate)
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        loader = random_batches(len(X), batch_size)
        for it, (idx, end_of_epoch) in zip(range(num_iters), loader):
            loss, grads = self.loss(X[idx], y[idx], reg)
            history["loss_history"].append(loss)
            optimizer.step(grads)
            if verbose and it % 100 == 0:
                print(f"iter {it:5d}  loss {loss:.4f}")
            if end_of_epoch:
                history["train_acc_history"].append((self.predict(X[idx]) == y[idx]).mean())
                history["val_acc_history"].append((self.predict(X_val) == y_val).mean())
                optimizer.decay(learning_rate_decay)
        return history

    def predict(self, X):
        return self._build()(X).argmax(axis=-1)
