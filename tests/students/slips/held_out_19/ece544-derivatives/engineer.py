"""Derivations as code: operations as classes with forward and backward, windows from one generator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Iterator, Tuple

import numpy as np

Signal = np.ndarray


class Reduction(Enum):
    MEAN = "mean"
    MAX = "max"


class Tap(int, Enum):
    """Which neighbour of i a kernel entry reads: x[i - offset]."""

    LEFT_OF_CENTRE = -1
    CENTRE = 0
    RIGHT_OF_CENTRE = 1

    @property
    def slot(self) -> int:
        return self.value + 1


@dataclass(frozen=True)
class Windows:
    length: int
    width: int

    def __len__(self) -> int:
        return self.length - self.width + 1

    def __iter__(self) -> Iterator[slice]:
        for start in range(len(self)):
            yield slice(start, start + self.width)


@dataclass(frozen=True)
class Pool1d:
    reduction: Reduction
    width: int

    def forward(self, signal: Signal) -> Signal:
        reduce = {Reduction.MEAN: np.mean, Reduction.MAX: np.max}[self.reduction]
        return np.fromiter((reduce(signal[window]) for window in Windows(len(signal), self.width)), dtype=float)

    def mean_backward(self, upstream: Signal, length: int) -> Signal:
        result = np.zeros(length)
        for gradient, window in zip(upstream, Windows(length, self.width)):
            result[window] += gradient / self.width
        return result

    def max_backward(self, upstream: Signal, signal: Signal) -> Signal:
        result = np.zeros(len(signal))
        for gradient, window in zip(upstream, Windows(len(signal), self.width)):
            winner = window.start + int(np.argmax(signal[window]))
            result[winner] += gradient
        return result


@dataclass(frozen=True)
class Conv1d:
    kernel: np.ndarray

    @staticmethod
    def _overlap(n: int, tap: Tap) -> Tuple[slice, slice]:
        """Slices (of y, of x) with x index = y index - offset, both inside the signal."""
        offset = tap.value
        return slice(max(offset, 0), n + min(offset, 0)), slice(max(-offset, 0), n + min(-offset, 0))

    def forward(self, signal: Signal) -> Signal:
        result = np.zeros(len(signal))
        for tap in Tap:
            out, src = self._overlap(len(signal), tap)
            result[out] += signal[src] * self.kernel[tap.slot]
        return result

    def backward(self, upstream: Signal, signal: Signal) -> Tuple[Signal, np.ndarray]:
        d_signal = np.zeros(len(signal))
        d_kernel = np.zeros(len(Tap))
        for tap in Tap:
            out, src = self._overlap(len(signal), tap)
            d_signal[src] += upstream[out] * self.kernel[tap.slot]
            d_kernel[tap.slot] = np.dot(upstream[out], signal[src])
        return d_signal, d_kernel


class Softmax:
    @staticmethod
    def forward(logits: np.ndarray) -> np.ndarray:
        exponentials = np.exp(logits - np.max(logits))
        return exponentials / np.sum(exponentials)

    @classmethod
    def jacobian(cls, logits: np.ndarray) -> np.ndarray:
        probabilities = cls.forward(logits)
        result = -np.outer(probabilities, probabilities)
        result[np.diag_indices_from(result)] += probabilities
        return result


class NegativeLogLikelihood:
    @staticmethod
    def select(yhat: np.ndarray, labels: np.ndarray) -> Iterator[float]:
        for row, label in zip(yhat, labels):
            yield row[label]

    @classmethod
    def forward(cls, yhat: np.ndarray, labels: np.ndarray) -> float:
        return -sum(np.log(p) for p in cls.select(yhat, labels))

    @classmethod
    def backward(cls, yhat: np.ndarray, labels: np.ndarray) -> np.ndarray:
        result = np.zeros_like(yhat)
        for index, (label, p) in enumerate(zip(labels, cls.select(yhat, labels))):
            result[index, label] = -1.0 / p
        return result


def softmax_jacobian(z):
    return Softmax.jacobian(z)


def nll(yhat, y):
    return NegativeLogLikelihood.forward(yhat, y)


def nll_grad(yhat, y):
    return NegativeLogLikelihood.backward(yhat, y)


def avg_pool1d(x, W):
    return Pool1d(Reduction.MEAN, W).forward(x)


def avg_pool1d_backward(dy, n, W):
    return Pool1d(Reduction.MEAN, W).mean_backward(dy, n)


def max_pool1d(x, W):
    return Pool1d(Reduction.MAX, W).forward(x)


def max_pool1d_backward(dy, x, W):
    return Pool1d(Reduction.MAX, W).max_backward(dy, x)


def conv1d(x, w):
    return Conv1d(w).forward(x)


def conv1d_backward(dy, x, w):
    return Conv1d(w).backward(dy, x)
