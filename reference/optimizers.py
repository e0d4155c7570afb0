"""Gradient descent with momentum and weight decay."""

from collections.abc import Sequence

import numpy as np

from reference.arrays import Array


class SGD:
    """v = momentum v + lr (g + weight_decay w); w = w - v, with v = 0 at first."""

    def __init__(self, lr: float, momentum: float = 0.0, weight_decay: float = 0.0) -> None:
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self._velocities: tuple[Array, ...] = ()

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array]) -> None:
        """Change every parameter in place; the same parameters in the same order each time."""
        if not self._velocities:
            self._velocities = tuple(np.zeros_like(w) for w in parameters)
        for w, g, v in zip(parameters, gradients, self._velocities, strict=True):
            v *= self.momentum
            v += self.lr * (g + self.weight_decay * w)
            w -= v
