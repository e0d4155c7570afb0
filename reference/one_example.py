"""What a training on copies of one example does: whatever its batches draw, each of its steps is known.

The network is given by the slopes of its loss; the biases are (H,) and (C,), and the gradients those of an average.
"""

from collections.abc import Callable, Sequence

import numpy as np

from reference.arrays import Array, Labels

Results = tuple[float, Array, Array, Array, Array]
"""A loss, and its derivatives by W1, b1, W2 and b2."""

Loss = Callable[..., Results]
"""Of X, y, reg and the parameters: what is accepted as loss and gradients, in one convention."""

Decays = Callable[[int, int], int]
"""How often the rate has decayed before an iteration, of so many in a pass."""


def early(iteration: int, of_pass: int) -> int:
    """After the first iteration of each pass, as the course's own code does."""
    return -(-iteration // of_pass)


def late(iteration: int, of_pass: int) -> int:
    """After the last iteration of each pass."""
    return iteration // of_pass


def stepped(learning_rate: float, weights: Sequence[Array], gradients: Sequence[Array]) -> tuple[Array, ...]:
    """w - learning_rate g for each parameter."""
    return tuple(w - learning_rate * g for w, g in zip(weights, gradients, strict=True))


def step_of(slopes: Loss) -> Callable[..., tuple[Array, ...]]:
    """One step of all examples."""

    def step(
        X: Array,
        y: Labels,
        X_val: Array,
        y_val: Labels,
        learning_rate: float,
        reg: float,
        batch_size: int,
        *parameters: Array,
    ) -> tuple[Array, ...]:
        """w - learning_rate g of all examples, for each parameter."""
        weights = parameters[:4]
        return stepped(learning_rate, weights, slopes(X, y, reg, *weights)[1:])

    return step


def two_steps_of(slopes: Loss) -> Callable[..., tuple[Array, ...]]:
    """Two steps of all examples, each a pass over the data."""

    def steps(
        X: Array,
        y: Labels,
        X_val: Array,
        y_val: Labels,
        learning_rate: float,
        decay: float,
        reg: float,
        batch_size: int,
        *parameters: Array,
    ) -> tuple[Array, ...]:
        """Two steps of all examples, the second with the rate times decay."""
        weights = parameters[:4]
        after = stepped(learning_rate, weights, slopes(X, y, reg, *weights)[1:])
        return stepped(learning_rate * decay, after, slopes(X, y, reg, *after)[1:])

    return steps


def three_iterations_of(slopes: Loss, decays: Decays) -> Callable[..., tuple[Array, ...]]:
    """Three steps of one example each, before which the rate has decayed as often as `decays` says."""

    def steps(
        X: Array,
        y: Labels,
        X_val: Array,
        y_val: Labels,
        learning_rate: float,
        decay: float,
        reg: float,
        *parameters: Array,
    ) -> tuple[Array, ...]:
        """Three steps of one example each, len(X) of which are a pass."""
        weights: tuple[Array, ...] = parameters[:4]
        for iteration in range(3):
            rate = learning_rate * decay ** decays(iteration, len(X))
            weights = stepped(rate, weights, slopes(X, y, reg, *weights)[1:])
        return weights

    return steps


def history_of(losses: Loss) -> Callable[..., Array]:
    """The losses of three iterations on copies of one example."""

    def history(
        X: Array,
        y: Labels,
        X_val: Array,
        y_val: Labels,
        learning_rate: float,
        reg: float,
        batch_size: int,
        *parameters: Array,
    ) -> Array:
        """The loss of each of three iterations, before its step."""
        weights: tuple[Array, ...] = parameters[:4]
        costs = []
        for _ in range(3):
            cost, *gradients = losses(X, y, reg, *weights)
            costs.append(cost)
            weights = stepped(learning_rate, weights, gradients)
        return np.array(costs)

    return history
