"""The right functions over the reference network; they run outside the sandbox and are never shown."""

from reference.arrays import Array
from reference.layers import Sigmoid


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z))."""
    return Sigmoid().forward(z)


def sigmoid_backward(z: Array, dout: Array) -> Array:
    """dout a (1 - a) with a = sigmoid(z)."""
    layer = Sigmoid()
    layer.forward(z)
    return layer.backward(dout)
