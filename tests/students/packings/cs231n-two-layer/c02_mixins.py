"""TwoLayerNet out of mixins; each exercise is one of them."""
from __future__ import annotations

import abc
import sys
import typing as t
from collections import ChainMap, defaultdict
from functools import cached_property, partialmethod

import numpy as np

if t.TYPE_CHECKING:
    import numpy.typing as npt
    Array: t.TypeAlias = npt.NDArray[np.float64]
    from typing import Self, override
elif sys.version_info >= (3, 12):
    from typing import override
else:
    def override(f):
        return f

Params = t.Dict[str, "Array"]
P = t.TypeVar("P")


@t.runtime_checkable
class Classifier(t.Protocol):
    params: Params

    def predict(self, X: Array) -> Array: ...


class _Base(abc.ABC):
    params: Params

    @abc.abstractmethod
    def predict(self, X): ...

    @abc.abstractmethod
    def loss(self, X, y=None, reg=0.0): ...


class _LossMixin(_Base):
    @t.overload
    def loss(self, X: Array, y: None = ..., reg: float = ...) -> Array: ...
    @t.overload
    def loss(self, X: Array, y: Array, reg: float = ...) -> tuple[float, Params]: ...

    @override
    def loss(self, X, y=None, reg=0.0):
        hidden, scores = self._forward(X)
        match y:
            case None:
                return scores
            case _:
                return self._softmax(scores, y) + self._penalty(reg), self._gradients(X, y, reg, hidden, scores)

    def _forward(self, X):
        p = self.params
        return (h := np.maximum(X @ p["W1"] + p["b1"], 0)), h @ p["W2"] + p["b2"]

    @staticmethod
    def _log_probs(scores):
        s = scores - scores.max(axis=1, keepdims=True)
        return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

    @classmethod
    def _softmax(cls, scores, y):
        return -cls._log_probs(scores)[np.arange(len(y)), y].mean()

    def _penalty(self, reg):
        return reg * sum(np.sum(v**2) for k, v in self.params.items() if k.startswith("W"))

    def _gradients(self, X, y, reg, hidden, scores):
        delta = np.exp(self._log_probs(scores))
        delta[np.arange(len(y)), y] -= 1
        delta /= len(y)
        back = delta @ self.params["W2"].T * (hidden > 0)
        decay = {k: 2 * reg * v for k, v in self.params.items() if k.startswith("W")}
        return {
            "W1": X.T @ back + decay["W1"],
            "b1": back.sum(axis=0),
            "W2": hidden.T @ delta + decay["W2"],
            "b2": delta.sum(axis=0),
        }


class _PredictMixin(_Base):
    @override
    def predict(self, X):
        return self.loss(X).argmax(axis=-1)

    __call__ = predict


class _TrainMixin(_Base):
    DEFAULTS: t.ClassVar[dict[str, float]] = {"learning_rate": 1e-3, "learning_rate_decay": 0.95, "reg": 5e-6}

    def _train(self, X, y, X_val, y_val, learning_rate, learning_rate_decay, reg, num_iters, batch_size, verbose):
        epoch = max(1, len(X) // batch_size)
        log = defaultdict(list)
        for it in range(1, num_iters + 1):
            idx = np.random.randint(0, len(X), size=batch_size)
            loss, grads = self.loss(X[idx], y[idx], reg)
            log["loss_history"].append(loss)
            self.params = {k: v - learning_rate * grads[k] for k, v in self.params.items()}
            if verbose and not it % 100:
                print(f"iteration {it} / {num_iters}: loss {loss:.4f}", file=sys.stderr)
            if it % epoch == 0:
                log["train_acc_history"].append(np.mean(self.predict(X[idx]) == y[idx]))
                log["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return dict(ChainMap(log, {"train_acc_history": [], "val_acc_history": [], "loss_history": []}))

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        return self._train(X, y, X_val, y_val, learning_rate, learning_rate_decay, reg, num_iters, batch_size, verbose)

    train_loudly = partialmethod(train, verbose=True)


class TwoLayerNet(_LossMixin, _PredictMixin, _TrainMixin):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }


assert isinstance(TwoLayerNet(2, 3, 4), Classifier), "protocol"
assert not TwoLayerNet.__abstractmethods__
