"""Layers: each maps a batch forward, remembers what it saw, and maps an upstream gradient back."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from reference.arrays import Array


class Layer(Protocol):
    """One step of a network. `gradients` has the keys of `parameters` after a backward pass."""

    @property
    def parameters(self) -> Mapping[str, Array]:
        """The arrays an optimizer changes in place; empty for an activation."""
        ...

    @property
    def gradients(self) -> Mapping[str, Array]:
        """The loss's derivative by each parameter, of the parameter's shape."""
        ...

    def forward(self, x: Array) -> Array:
        """The layer's output for x (N, D)."""
        ...

    def backward(self, dout: Array) -> Array:
        """The gradient by the input of the last forward, given dout, the gradient by its output."""
        ...


class Linear:
    """y = x W + b with W (D, H) and b (1, H)."""

    def __init__(self, weights: Array, bias: Array) -> None:
        if weights.ndim != 2 or bias.shape != (1, weights.shape[1]):
            raise ValueError(f"weights (D, H) go with a bias (1, H), not {weights.shape} with {bias.shape}")
        self.parameters = {"weights": weights, "bias": bias}
        self.gradients: dict[str, Array] = {}
        self._x: Array | None = None

    def forward(self, x: Array) -> Array:
        """y = x W + b, (N, D) -> (N, H)."""
        self._x = x
        return x @ self.parameters["weights"] + self.parameters["bias"]

    def backward(self, dout: Array) -> Array:
        """dW = x^T dout; db = column sums of dout; dx = dout W^T."""
        x = _seen(self._x)
        self.gradients = {"weights": x.T @ dout, "bias": dout.sum(axis=0, keepdims=True)}
        return dout @ self.parameters["weights"].T


class Activation:
    """An elementwise layer without parameters; a subclass gives its value and its derivative."""

    def __init__(self) -> None:
        self.parameters: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}
        self._x: Array | None = None

    def forward(self, x: Array) -> Array:
        """y = f(x), any shape."""
        self._x = x
        return self.value(x)

    def backward(self, dout: Array) -> Array:
        """dx = dout f'(x)."""
        return dout * self.derivative(_seen(self._x))

    def value(self, x: Array) -> Array:
        """f(x)."""
        raise NotImplementedError

    def derivative(self, x: Array) -> Array:
        """f'(x)."""
        raise NotImplementedError


class ReLU(Activation):
    """f(x) = max(x, 0); f'(x) = 1 where x > 0 and 0 elsewhere, so 0 at the kink."""

    def value(self, x: Array) -> Array:
        """max(x, 0)."""
        return np.maximum(x, 0.0)

    def derivative(self, x: Array) -> Array:
        """1[x > 0]."""
        return (x > 0.0).astype(np.float64)


class Sigmoid(Activation):
    """f(x) = 1 / (1 + exp(-x)); f' = f (1 - f)."""

    def value(self, x: Array) -> Array:
        """1 / (1 + e^-x), with the exponential of -|x| only, which never overflows."""
        decay = np.exp(-np.abs(x))
        return np.where(x >= 0.0, 1.0, decay) / (1.0 + decay)

    def derivative(self, x: Array) -> Array:
        """f(x) f(-x): the second factor is 1 - f(x) without cancellation."""
        return self.value(x) * self.value(-x)


class Tanh(Activation):
    """f(x) = tanh x; f' = 1 / cosh^2 x."""

    def value(self, x: Array) -> Array:
        """tanh(x)."""
        return np.tanh(x)

    def derivative(self, x: Array) -> Array:
        """4 q / (1 + q)^2 with q = exp(-2|x|): 1 - tanh^2 x without cancellation."""
        q = np.exp(-2.0 * np.abs(x))
        return 4.0 * q / (1.0 + q) ** 2


ACTIVATIONS: Mapping[str, type[Activation]] = {"relu": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}
"""Activations by the names that functions and reports use."""


def _seen(x: Array | None) -> Array:
    if x is None:
        raise RuntimeError("backward comes after forward")
    return x
