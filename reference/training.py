"""The training loop and the two figures that judge it: accuracy and the confusion matrix."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.arrays import Array, Labels
from reference.data import Dataset
from reference.losses import Loss
from reference.network import Network
from reference.optimizers import SGD


@dataclass(frozen=True, slots=True)
class Epoch:
    """Where training stands at the end of an epoch, with the parameters as they are then. Accuracies out of 1."""

    number: int
    train_loss: float
    train_accuracy: float
    valid_loss: float
    valid_accuracy: float


def train(
    network: Network,
    loss: Loss,
    optimizer: SGD,
    train_set: Dataset,
    valid_set: Dataset,
    *,
    epochs: int,
    rng: np.random.Generator,
    batch_size: int | None = None,
) -> tuple[Epoch, ...]:
    """Change the network's parameters in place and return one Epoch each.

    batch_size: None takes all examples at once, in order; a number shuffles each epoch by `rng` and keeps a smaller
    last batch.
    """
    history = []
    for number in range(1, epochs + 1):
        for rows in _batches(len(train_set.labels), batch_size, rng):
            outputs = network.forward(train_set.inputs[rows])
            network.backward(loss.gradient(outputs, train_set.targets[rows]))
            optimizer.step(network.parameters(), network.gradients())
        history.append(Epoch(number, *_standing(network, loss, train_set), *_standing(network, loss, valid_set)))
    return tuple(history)


def accuracy(outputs: Array, labels: Labels) -> float:
    """The share of rows of outputs (N, C) whose largest entry is at the label; an empty set gives NaN."""
    if len(labels) == 0:
        return float("nan")
    return float(np.mean(outputs.argmax(axis=1) == labels))


def confusion_matrix(labels: Labels, predicted: Labels, classes: int) -> NDArray[np.int64]:
    """Counts (C, C): row the true class, column the predicted one."""
    counts = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(counts, (labels, predicted), 1)
    return counts


def _batches(count: int, batch_size: int | None, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    if batch_size is None:
        return [np.arange(count)]
    order = rng.permutation(count)
    return [order[start : start + batch_size] for start in range(0, count, batch_size)]


def _standing(network: Network, loss: Loss, dataset: Dataset) -> tuple[float, float]:
    if len(dataset.labels) == 0:
        return float("nan"), float("nan")
    outputs = network.forward(dataset.inputs)
    return loss.value(outputs, dataset.targets), accuracy(outputs, dataset.labels)
