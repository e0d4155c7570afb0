"""The right loss and epochs over the reference's losses; weights are changed in copies and come out."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from reference.arrays import Array, Labels
from reference.data import one_hot
from reference.layers import Linear, ReLU
from reference.losses import SOFTMAX_CROSS_ENTROPY, average_cross_entropy
from reference.network import Network
from reference.softmax import softmax

LOSS_EPSILON = 1e-6
Gradients = Callable[[Array, Array, Sequence[Array]], tuple[Array, ...]]


def softmax_loss(Z: Array, y: Labels) -> float:
    """The average of log(sum exp z) - z_y."""
    return SOFTMAX_CROSS_ENTROPY.value(Z, one_hot(y, Z.shape[1]))


def softmax_loss_epsilon(Z: Array, y: Labels) -> float:
    """The least loss accepted: with the largest epsilon inside the logarithm, 1e-6."""
    return average_cross_entropy(softmax(Z) + LOSS_EPSILON, one_hot(y, Z.shape[1]))


def softmax_regression_epoch(X: Array, y: Labels, theta: Array, lr: float, batch: int) -> Array:
    """How far theta goes, over lr, in steps on `batch` examples each, in order, the last one smaller."""
    return _moved(_linear, X, one_hot(y, theta.shape[1]), (theta,), lr, batch)[0]


def softmax_regression_epoch_fixed(X: Array, y: Labels, theta: Array, lr: float, batch: int) -> Array:
    """The same with a smaller last batch divided by `batch` too: accepted."""
    return _moved(_linear, X, one_hot(y, theta.shape[1]), (theta,), lr, batch, fixed=True)[0]


def nn_epoch(X: Array, y: Labels, W1: Array, W2: Array, lr: float, batch: int) -> tuple[Array, Array]:
    """How far W1 and W2 go, over lr; both gradients of a step are taken before either weight changes."""
    dW1, dW2 = _moved(_network, X, one_hot(y, W2.shape[1]), (W1, W2), lr, batch)
    return dW1, dW2


def nn_epoch_fixed(X: Array, y: Labels, W1: Array, W2: Array, lr: float, batch: int) -> tuple[Array, Array]:
    """The same with a smaller last batch divided by `batch` too: accepted."""
    dW1, dW2 = _moved(_network, X, one_hot(y, W2.shape[1]), (W1, W2), lr, batch, fixed=True)
    return dW1, dW2


def nn_epochs(
    X: Array,
    y: Labels,
    X_val: Array,
    y_val: Labels,
    W1: Array,
    W2: Array,
    lr: float = 0.2,
    batch: int = 50,
    epochs: int = 30,
    hidden: int = 32,
    seed: int = 0,
) -> dict[str, Array]:
    """Epochs one after another."""
    targets = one_hot(y, W2.shape[1])
    for _ in range(epochs):
        W1, W2 = _epoch(_network, X, targets, (W1, W2), lr, batch)
    return {"new_W1": W1, "new_W2": W2}


def probabilities(X: Array, W1: Array, W2: Array) -> Array:
    """softmax(relu(X W1) W2), (N, C)."""
    return softmax(np.maximum(X @ W1, 0.0) @ W2)


def _moved(
    gradients: Gradients,
    X: Array,
    targets: Array,
    weights: Sequence[Array],
    lr: float,
    batch: int,
    fixed: bool = False,
) -> list[Array]:
    """(before - after) / lr of each weight."""
    after = _epoch(gradients, X, targets, weights, lr, batch, fixed)
    return [(w - now) / lr for w, now in zip(weights, after, strict=True)]


def _epoch(
    gradients: Gradients,
    X: Array,
    targets: Array,
    weights: Sequence[Array],
    lr: float,
    batch: int,
    fixed: bool = False,
) -> list[Array]:
    """w = w - lr g over the batches. fixed: a smaller last batch is divided by `batch` too."""
    now = [np.array(w) for w in weights]
    for rows in _batches(len(X), batch):
        share = (rows.stop - rows.start) / batch if fixed else 1.0
        found = gradients(X[rows], targets[rows], now)
        now = [w - lr * share * g for w, g in zip(now, found, strict=True)]
    return now


def _batches(count: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def _linear(X: Array, targets: Array, weights: Sequence[Array]) -> tuple[Array, ...]:
    return (X.T @ SOFTMAX_CROSS_ENTROPY.gradient(X @ weights[0], targets),)


def _network(X: Array, targets: Array, weights: Sequence[Array]) -> tuple[Array, ...]:
    zeros = [np.zeros((1, w.shape[1])) for w in weights]
    network = Network([Linear(weights[0], zeros[0]), ReLU(), Linear(weights[1], zeros[1])])
    network.backward(SOFTMAX_CROSS_ENTROPY.gradient(network.forward(X), targets))
    dW1, _, dW2, _ = network.gradients()
    return dW1, dW2
