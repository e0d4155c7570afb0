"""The loop that trains a network of a student's own layers, where an assignment supplies it: mini-batches, shuffled.

It stands in the student's process, so nothing it says is believed: judged is what the layers' parameters then do.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Network:
    """A list of layers, as the student's optimizer takes it."""

    def __init__(self, layers: Sequence[Any]) -> None:
        self.layerList = list(layers)
        for layer in self.layerList:
            if not hasattr(layer, "trainable"):  # an activation has nothing to train, whether it says so or not
                with suppress(AttributeError):  # nor can be told, of a class with slots
                    layer.trainable = hasattr(layer, "W")

    def forward(self, inputs: Any) -> Any:
        """What the last layer gives."""
        for layer in self.layerList:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, delta: Any) -> None:
        """Every layer in turn, the last one first."""
        for layer in reversed(self.layerList):
            delta = layer.backward(delta)


def solve(
    layers: Sequence[Any],
    loss: Any,
    optimizer: Callable[[float, float], Any],
    inputs: NDArray[np.float64],
    targets: NDArray[np.float64],
    seed: int,
    lr: float = 0.2,
    weight_decay: float = 1e-4,
    batch_size: int = 20,
    epochs: int = 30,
) -> None:
    """Train the layers in place. Each epoch draws a new order and takes all examples; the last batch may be smaller.

    inputs: (N, D). targets: (N, C) one-hot. optimizer: the student's class, made of rate and weight decay.
    """
    network, steps = Network(layers), optimizer(lr, weight_decay)
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(inputs))
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            loss.forward(network.forward(inputs[rows]), targets[rows])
            network.backward(loss.backward())
            steps.step(network)
