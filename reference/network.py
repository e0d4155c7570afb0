"""A network is its layers run forward, then backward."""

from collections.abc import Sequence

from reference.arrays import Array
from reference.layers import Activation, Layer


class Network:
    """Layers one after another; the outputs of the last are logits or values, never probabilities."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)

    def forward(self, x: Array) -> Array:
        """The last layer's output for x (N, D)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def outputs(self, x: Array) -> tuple[Array, ...]:
        """Every layer's output for x (N, D), first layer first."""
        found = []
        for layer in self.layers:
            x = layer.forward(x)
            found.append(x)
        return tuple(found)

    def pre_activations(self, x: Array) -> tuple[Array, ...]:
        """What goes into each activation for x (N, D): a ReLU whose entries keep their sign has no kink nearby."""
        inputs = (x, *self.outputs(x)[:-1])
        return tuple(value for value, layer in zip(inputs, self.layers, strict=True) if isinstance(layer, Activation))

    def backward(self, dout: Array) -> Array:
        """The gradient by the input of the last forward; each layer keeps those by its parameters."""
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def parameters(self) -> tuple[Array, ...]:
        """Every parameter, first layer first, weights before bias; the arrays themselves, to be changed in place."""
        return tuple(value for layer in self.layers for value in layer.parameters.values())

    def gradients(self) -> tuple[Array, ...]:
        """The gradients of the last backward, in the order of `parameters`."""
        return tuple(layer.gradients[name] for layer in self.layers for name in layer.parameters)
