"""The derivative each hidden layer of a network used, read from its gradients on one example.

On one example, without regularisation, a weight gradient is the layer's input times its delta: so delta can be read
from it, and whether it is such a product is seen. What arrived at the activation is the student's own delta of the
layer above through that layer's weights, so that a mistake further up makes nothing wrong below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from grader import numerics
from grader.checks.subject import Subject
from grader.checks.values.quotients import Quotients, divisible, scattered
from grader.checks.values.values import asked
from grader.probes import Probe, Setting, Sizes, lengths, set_up
from grader.results import FloatArray, Tensors, read
from grader.sandbox import Returned
from reference.layers import ACTIVATIONS
from reference.spec import Draw, Function, Operation

PAIRS = 2
"""Networks of which each is measured twice, with 13 hidden units: 26 points."""

SIZES: tuple[Sizes, Sizes] = (
    lengths(N=1, D=3, H=13, C=3, L=7, W=2, G=11),
    lengths(N=1, D=5, H=19, C=4, L=7, W=2, G=17),
)
"""One example, the second time with more inputs, units and classes: a factor made of their number is no derivative."""


@dataclass(frozen=True, slots=True)
class Network:
    """What the parts of a network are called, layer by layer. between: what the hidden activations are given."""

    activation: str
    inputs: str
    weights: tuple[str, ...]
    biases: tuple[str, ...]
    gradients: tuple[str, ...]
    between: tuple[str, ...]


_COST = Network("relu", "X", ("W1", "W2"), ("b1", "b2"), ("d_w1", "d_w2"), ("z1",))
ONE_HIDDEN: Mapping[Operation, Network] = {
    Operation.NETWORK_BACKWARD: Network("relu", "x", ("w_h", "w_o"), ("b_h", "b_o"), ("dW_h", "dW_o"), ("z_h",)),
    Operation.COST_GRADIENT: _COST,
    Operation.TWO_LAYER_LOSS: _COST,
}
"""Networks with one hidden ReLU layer."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The right forward pass of a probe: what each layer is given, (K,) each, and what each hidden activation is."""

    probe: Probe
    inputs: tuple[FloatArray, ...]
    between: tuple[FloatArray, ...]


Deltas = Sequence[FloatArray | None]
"""Of each layer the delta (K,) that its weight gradient has; None where that is no product."""


def hidden_quotients(subject: Subject, function: Function) -> list[Quotients]:
    """The quotients of each hidden layer that can be read, from the output back; one message to the student."""
    network = _network(function)
    if network is None or function.settled:
        return []
    rng = subject.rng("derivative", function.name)
    passes: list[Pass] = []
    places: list[list[NDArray[np.intp]]] = []
    for _ in range(PAIRS):
        first, second = (set_up(function, Setting("one example", 1.0, sizes, strength=0.0), rng) for sizes in SIZES)
        passes.append(_passed(network, first))
        rooms = (second.arguments[name].size for name in network.biases)
        moved = [scattered(z, room, rng) for z, room in zip(passes[-1].between, rooms, strict=False)]
        passes.append(_passed(network, second, [among for among, _ in moved]))
        places.append([where for _, where in moved])
    replies = asked(subject, function, [each.probe for each in passes])
    results = [read(function, reply.value) if isinstance(reply, Returned) else None for reply in replies]
    deltas = [
        _deltas(network, each, result.values)
        for each, result in zip(passes, results, strict=True)
        if isinstance(result, Tensors)
    ]
    if len(deltas) < len(passes):
        return []
    layers = range(len(network.between) - 1, -1, -1)
    found = (_layer(network, layer, passes, deltas, [moved[layer] for moved in places]) for layer in layers)
    return [each for each in found if each is not None]


def _network(function: Function) -> Network | None:
    if function.operation is not Operation.PERCEPTRON_BACKWARD:
        return ONE_HIDDEN.get(function.operation)
    activation = next(tensor.of for tensor in function.arguments if tensor.draw is Draw.CHOICE)
    layers = range(1, 1 + sum(tensor.name.startswith("W") for tensor in function.arguments))
    named = {prefix: tuple(f"{prefix}{layer}" for layer in layers) for prefix in ("W", "b", "d_W", "z")}
    return Network(activation, "X", named["W"], named["b"], named["d_W"], named["z"][:-1])


def _passed(network: Network, probe: Probe, wanted: Sequence[FloatArray] = ()) -> Pass:
    """The forward pass; wanted: what the hidden activations are to be given, which the biases are changed for."""
    arguments = dict(probe.arguments)
    activation = ACTIVATIONS[network.activation]()
    inputs, between = [arguments[network.inputs][0]], []
    for layer, _ in enumerate(network.between):
        weighted = inputs[-1] @ arguments[network.weights[layer]]
        name = network.biases[layer]
        if wanted:
            arguments[name] = (wanted[layer] - weighted).reshape(arguments[name].shape)
        between.append(wanted[layer] if wanted else weighted + arguments[name].ravel())
        inputs.append(activation.value(between[-1]))
    return Pass(replace(probe, arguments=arguments), tuple(inputs), tuple(between))


def _deltas(network: Network, run: Pass, gradients: Mapping[str, FloatArray]) -> Deltas:
    shapes = (run.probe.arguments[name].shape for name in network.weights)
    named = zip(run.inputs, network.gradients, shapes, strict=True)
    return [_delta(given, gradients[name], shape) for given, name, shape in named]


def _delta(given: FloatArray, gradient: FloatArray, shape: tuple[int, ...]) -> FloatArray | None:
    """The delta (K,) whose product with what the layer was given is its weight gradient; None if it is no product."""
    square = float(given @ given)
    if gradient.shape != shape or not square:
        return None
    delta = np.asarray(given @ gradient / square)
    told = np.isfinite(delta)
    error = numerics.largest_error(gradient[:, told], np.outer(given, delta[told]))
    return delta if numerics.agrees(error, numerics.FLOAT32_TOLERANCE) else None


def _layer(
    network: Network, layer: int, passes: Sequence[Pass], deltas: Sequence[Deltas], places: Sequence[NDArray[np.intp]]
) -> Quotients | None:
    quotients: list[FloatArray] = []
    large: list[NDArray[np.bool_]] = []
    for number, (run, found) in enumerate(zip(passes, deltas, strict=True)):
        delta, above = found[layer], found[layer + 1]
        if delta is None or above is None:
            return None
        upstream = run.probe.arguments[network.weights[layer + 1]] @ above
        back = places[number // 2] if number % 2 else slice(None)
        quotients.append((delta / upstream)[back])
        large.append(divisible(upstream)[back])
    pairs = range(0, len(passes), 2)
    return Quotients(
        network.activation,
        network.gradients[layer],
        network.between[layer],
        np.concatenate([passes[one].between[layer] for one in pairs]),
        np.concatenate([quotients[one] for one in pairs]),
        np.concatenate([quotients[one + 1] for one in pairs]),
        np.concatenate([large[one] & large[one + 1] for one in pairs]),
        factor_elsewhere=True,
    )
