"""Linear softmax classifier as small pure functions over frozen records."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np


@dataclass(frozen=True, slots=True)
class Example:
    """One row of the batch with what the model says about it."""

    features: np.ndarray
    target: np.ndarray
    log_probs: np.ndarray

    @property
    def probs(self) -> np.ndarray:
        return np.exp(self.log_probs)

    @property
    def surprise(self) -> float:
        return -float(self.target @ self.log_probs)

    @property
    def slope(self) -> np.ndarray:
        return np.multiply.outer(self.features, self.probs - self.target)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Of one row."""
    return (centred := scores - scores.max()) - np.log(np.exp(centred).sum())


def examples(W: np.ndarray, inputs: np.ndarray, labels: np.ndarray) -> Iterator[Example]:
    for features, target in zip(inputs, labels, strict=True):
        yield Example(features, target, log_softmax(features @ W))


def reduced(values: Iterator[float], how: str = "mean") -> float:
    match how, list(values):
        case "mean", [*numbers]:
            return sum(numbers) / len(numbers)
        case "sum", [*numbers]:
            return sum(numbers)
        case unknown, _:
            raise ValueError(f"no reduction {unknown!r}")


def penalty(W: np.ndarray, lamda: float) -> float:
    return 0.5 * lamda * float(np.sum(np.square(W)))


def softmax_classifier(W, input, label, lamda):
    """(loss, gradient, prediction)."""
    batch = tuple(examples(W, input, label))
    loss = reduced((e.surprise for e in batch), how="mean") + penalty(W, lamda)
    total = reduce(np.add, (e.slope for e in batch))
    gradient = total / len(batch) + lamda * W
    winners = np.stack([e.log_probs for e in batch]).argmax(axis=1)
    return loss, gradient, winners
