"""The right layers over the reference network, and the other places where a chain may divide by the batch size."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reference.arrays import Array
from reference.layers import Layer, Linear, ReLU, Sigmoid
from reference.losses import EUCLIDEAN, SOFTMAX_CROSS_ENTROPY, Loss, average_cross_entropy
from reference.network import Network
from reference.softmax import softmax

LOSS_EPSILON = 1e-6
Gradients = tuple[float, Array, Array, Array, Array]


def fc_layer(
    X: Array, W: Array, b: Array, delta: Array, num_input: int, num_output: int
) -> tuple[Array, Array, Array, Array]:
    """X W + b; then delta W^T, X^T delta and the column sums of delta."""
    layer = Linear(W, b)
    out = layer.forward(X)
    dX = layer.backward(delta)
    return out, dX, layer.gradients["weights"], layer.gradients["bias"]


def fc_layer_mean(
    X: Array, W: Array, b: Array, delta: Array, num_input: int, num_output: int
) -> tuple[Array, Array, Array, Array]:
    """The same with 1/N in the gradients by W and b: accepted where the loss has none."""
    out, dX, grad_W, grad_b = fc_layer(X, W, b, delta, num_input, num_output)
    return out, dX, grad_W / len(X), grad_b / len(X)


def relu_layer(X: Array, delta: Array) -> tuple[Array, Array]:
    """max(X, 0); then delta where X > 0."""
    layer = ReLU()
    return layer.forward(X), layer.backward(delta)


def relu_kinks(X: Array) -> Array:
    """X itself: ReLU's derivative jumps where it changes sign."""
    return X


def sigmoid_layer(X: Array, delta: Array) -> tuple[Array, Array]:
    """z = 1 / (1 + exp(-X)); then delta z (1 - z)."""
    layer = Sigmoid()
    return layer.forward(X), layer.backward(delta)


def euclidean_loss(logit: Array, gt: Array) -> tuple[float, Array]:
    """1/(2N) sum (logit - gt)^2; then (logit - gt) / N."""
    return EUCLIDEAN.value(logit, gt), EUCLIDEAN.gradient(logit, gt)


def euclidean_loss_total(logit: Array, gt: Array) -> tuple[float, Array]:
    """The same with the derivative of the total: accepted where the layers divide."""
    return EUCLIDEAN.value(logit, gt), EUCLIDEAN.gradient(logit, gt) * len(gt)


def cross_entropy_loss(logit: Array, gt: Array) -> tuple[float, Array]:
    """-1/N sum gt log softmax(logit); then (softmax(logit) - gt) / N."""
    return SOFTMAX_CROSS_ENTROPY.value(logit, gt), SOFTMAX_CROSS_ENTROPY.gradient(logit, gt)


def cross_entropy_loss_total(logit: Array, gt: Array) -> tuple[float, Array]:
    """The same with the derivative of the total: accepted where the layers divide."""
    return SOFTMAX_CROSS_ENTROPY.value(logit, gt), SOFTMAX_CROSS_ENTROPY.gradient(logit, gt) * len(gt)


def cross_entropy_loss_epsilon(logit: Array, gt: Array) -> tuple[float, Array]:
    """The least loss accepted: with the largest epsilon inside the logarithm, 1e-6."""
    shorter = average_cross_entropy(softmax(logit) + LOSS_EPSILON, gt)
    return shorter, SOFTMAX_CROSS_ENTROPY.gradient(logit, gt)


def cross_entropy_loss_total_epsilon(logit: Array, gt: Array) -> tuple[float, Array]:
    """The same with the derivative of the total."""
    loss, delta = cross_entropy_loss_epsilon(logit, gt)
    return loss, delta * len(gt)


def descent(
    W: Array,
    b: Array,
    grad_W: Array,
    grad_b: Array,
    learningRate: float,
    weightDecay: float,
    num_input: int,
    num_output: int,
) -> tuple[Array, ...]:
    """W - lr (grad_W + decay W), b - lr grad_b of two layers; W and b of one that is not trainable."""
    stepped = W - learningRate * (grad_W + weightDecay * W), b - learningRate * grad_b
    return *stepped, *stepped, W, b


def descent_with_bias(
    W: Array,
    b: Array,
    grad_W: Array,
    grad_b: Array,
    learningRate: float,
    weightDecay: float,
    num_input: int,
    num_output: int,
) -> tuple[Array, ...]:
    """The same with the bias decayed too: accepted."""
    stepped = W - learningRate * (grad_W + weightDecay * W), b - learningRate * (grad_b + weightDecay * b)
    return *stepped, *stepped, W, b


def _chain(hidden: ReLU | Sigmoid, loss: Loss, X: Array, gt: Array, weights: tuple[Array, ...]) -> Gradients:
    W1, b1, W2, b2 = weights
    network = Network([Linear(W1, b1), hidden, Linear(W2, b2)])
    outputs = network.forward(X)
    network.backward(loss.gradient(outputs, gt))
    grad_W1, grad_b1, grad_W2, grad_b2 = network.gradients()
    return loss.value(outputs, gt), grad_W1, grad_b1, grad_W2, grad_b2


def cross_entropy_chain(
    X: Array, gt: Array, W1: Array, b1: Array, W2: Array, b2: Array, num_input: int, num_output: int, num_classes: int
) -> Gradients:
    """Loss and gradients of fully connected, ReLU, fully connected, softmax cross-entropy."""
    return _chain(ReLU(), SOFTMAX_CROSS_ENTROPY, X, gt, (W1, b1, W2, b2))


def cross_entropy_chain_epsilon(
    X: Array, gt: Array, W1: Array, b1: Array, W2: Array, b2: Array, num_input: int, num_output: int, num_classes: int
) -> Gradients:
    """The same with the largest epsilon inside the logarithm."""
    _, *gradients = _chain(ReLU(), SOFTMAX_CROSS_ENTROPY, X, gt, (W1, b1, W2, b2))
    outputs = Network([Linear(W1, b1), ReLU(), Linear(W2, b2)]).forward(X)
    grad_W1, grad_b1, grad_W2, grad_b2 = gradients
    return average_cross_entropy(softmax(outputs) + LOSS_EPSILON, gt), grad_W1, grad_b1, grad_W2, grad_b2


def euclidean_chain(
    X: Array, gt: Array, W1: Array, b1: Array, W2: Array, b2: Array, num_input: int, num_output: int, num_classes: int
) -> Gradients:
    """Loss and gradients of fully connected, sigmoid, fully connected, Euclidean loss."""
    return _chain(Sigmoid(), EUCLIDEAN, X, gt, (W1, b1, W2, b2))


RULE: Mapping[str, Any] = {"lr": 0.2, "weight_decay": 1e-4, "batch_size": 20, "epochs": 30}
"""What a training takes where it is not told."""


def _layers(activation: type[ReLU | Sigmoid], weights: Sequence[Array]) -> Network:
    layers: list[Layer] = []
    for weight, bias in zip(weights[::2], weights[1::2], strict=True):
        layers += [Linear(weight, bias), activation()]
    return Network(layers[:-1])


def _trained(
    activation: type[ReLU | Sigmoid], loss: Loss, X: Array, gt: Array, weights: Sequence[Array], rule: Mapping[str, Any]
) -> tuple[Array, ...]:
    """Shuffled mini-batches; every gradient divided by the size of its batch, the weights alone decayed."""
    rule = {**RULE, **rule}
    network, rng = _layers(activation, weights), np.random.default_rng(rule["seed"])
    lr, weight_decay, size = rule["lr"], rule["weight_decay"], rule["batch_size"]
    for _ in range(rule["epochs"]):
        order = rng.permutation(len(X))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            network.backward(loss.gradient(network.forward(X[rows]), gt[rows]))
            for parameter, gradient in zip(network.parameters(), network.gradients(), strict=True):
                decay = weight_decay if len(parameter) > 1 else 0.0
                parameter -= lr * (gradient + decay * parameter)
    return tuple(network.parameters())


def euclidean_sigmoid(
    X: Array, gt: Array, Xv: Array, gtv: Array, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int, **rule: Any
) -> tuple[Array, ...]:
    """Parameters of fully connected, sigmoid, fully connected, Euclidean loss, trained; the last size is the seed."""
    return _trained(Sigmoid, EUCLIDEAN, X, gt, (W1, b1, W2, b2), {"seed": sizes[-1], **rule})


def euclidean_relu(
    X: Array, gt: Array, Xv: Array, gtv: Array, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int, **rule: Any
) -> tuple[Array, ...]:
    """The same with ReLU."""
    return _trained(ReLU, EUCLIDEAN, X, gt, (W1, b1, W2, b2), {"seed": sizes[-1], **rule})


def cross_entropy_sigmoid(
    X: Array, gt: Array, Xv: Array, gtv: Array, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int, **rule: Any
) -> tuple[Array, ...]:
    """The same with sigmoid and cross-entropy."""
    return _trained(Sigmoid, SOFTMAX_CROSS_ENTROPY, X, gt, (W1, b1, W2, b2), {"seed": sizes[-1], **rule})


def cross_entropy_relu(
    X: Array, gt: Array, Xv: Array, gtv: Array, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int, **rule: Any
) -> tuple[Array, ...]:
    """The same with ReLU and cross-entropy."""
    return _trained(ReLU, SOFTMAX_CROSS_ENTROPY, X, gt, (W1, b1, W2, b2), {"seed": sizes[-1], **rule})


def two_hidden_layers(X: Array, gt: Array, Xv: Array, gtv: Array, *rest: Any, **rule: Any) -> tuple[Array, ...]:
    """The same with two hidden layers of ReLU: six parameters, then sizes and the seed."""
    return _trained(ReLU, SOFTMAX_CROSS_ENTROPY, X, gt, rest[:6], {"seed": rest[-1], **rule})


def outputs_euclidean_sigmoid(X: Array, *weights: Array) -> Array:
    """What the Euclidean loss compares with one-hot rows, (N, C)."""
    return _layers(Sigmoid, weights).forward(X)


def outputs_euclidean_relu(X: Array, *weights: Array) -> Array:
    """The same with ReLU."""
    return _layers(ReLU, weights).forward(X)


def euclidean(outputs: Array, gt: Array) -> float:
    """The Euclidean loss, for the learning curve."""
    return EUCLIDEAN.value(outputs, gt)


def probabilities_cross_entropy_sigmoid(X: Array, *weights: Array) -> Array:
    """Probabilities (N, C)."""
    return softmax(_layers(Sigmoid, weights).forward(X))


def probabilities_cross_entropy_relu(X: Array, *weights: Array) -> Array:
    """The same with ReLU."""
    return softmax(_layers(ReLU, weights).forward(X))


def probabilities_two_hidden_layers(X: Array, *weights: Array) -> Array:
    """The same with two hidden layers."""
    return softmax(_layers(ReLU, weights).forward(X))
