"""The right functions over the reference network, and the other forms the assignment accepts under an alias."""

from collections.abc import Sequence

import numpy as np

from reference.arrays import Array
from reference.initialization import xavier
from reference.layers import Linear, ReLU
from reference.losses import (
    SOFTMAX_CROSS_ENTROPY,
    average_cross_entropy,
    average_cross_entropy_gradient,
    total_cross_entropy,
    total_cross_entropy_gradient,
)
from reference.network import Network
from reference.optimizers import SGD
from reference.softmax import softmax as stable_softmax

WEIGHTS = ("w_h", "b_h", "w_o", "b_o")


def relu(x: Array) -> Array:
    """max(x, 0)."""
    return ReLU().forward(x)


def softmax(logits: Array) -> Array:
    """p_nj = exp(z_nj) / sum_k exp(z_nk), (N, C) -> (N, C)."""
    return stable_softmax(logits)


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    """x w + b, (N, D), (D, H), (1, H) -> (N, H)."""
    return Linear(w, b).forward(x)


def average_ce(target: Array, prediction: Array) -> float:
    """-1/N sum t log p with 0 log 0 = 0."""
    return average_cross_entropy(prediction, target)


def total_ce(target: Array, prediction: Array) -> float:
    """-sum t log p: accepted under the spelling CE."""
    return total_cross_entropy(prediction, target)


def grad_ce(target: Array, logits: Array) -> Array:
    """The average loss's derivative by the logits, (softmax(z) - t) / N, (N, C)."""
    return SOFTMAX_CROSS_ENTROPY.gradient(logits, target)


def grad_ce_total(target: Array, logits: Array) -> Array:
    """softmax(z) - t, the total loss's derivative by the logits, (N, C): accepted under the spelling gradCE."""
    return stable_softmax(logits) - target


def grad_ce_probability_mean(target: Array, prediction: Array) -> Array:
    """The average loss's derivative by the probabilities, -t / (N p), (N, C): asked under the spelling gradCE."""
    return average_cross_entropy_gradient(prediction, target)


def grad_ce_probability_total(target: Array, prediction: Array) -> Array:
    """The total loss's derivative by the probabilities, -t / p, (N, C): accepted under the spelling gradCE."""
    return total_cross_entropy_gradient(prediction, target)


def average_ce_logits(target: Array, logits: Array) -> float:
    """-1/N sum t log softmax(z): accepted under the spelling CE."""
    return average_cross_entropy(stable_softmax(logits), target)


def total_ce_logits(target: Array, logits: Array) -> float:
    """-sum t log softmax(z): accepted under the spelling CE."""
    return total_cross_entropy(stable_softmax(logits), target)


def grad_ce_softmax_mean(target: Array, logits: Array) -> Array:
    """-t / (N softmax(z)), the derivative by the probabilities given the logits: accepted under the spelling gradCE."""
    return average_cross_entropy_gradient(stable_softmax(logits), target)


def grad_ce_softmax_total(target: Array, logits: Array) -> Array:
    """-t / softmax(z), the total loss's: accepted under the spelling gradCE."""
    return total_cross_entropy_gradient(stable_softmax(logits), target)


def forward_prop(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> tuple[Array, Array, Array, Array]:
    """z_h (N, H), a_h (N, H), z_o (N, C), p (N, C)."""
    z_h, a_h, z_o = _network((w_h, b_h, w_o, b_o)).outputs(x)
    return z_h, a_h, z_o, stable_softmax(z_o)


def probabilities(x: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array) -> Array:
    """p (N, C)."""
    return forward_prop(x, w_h, b_h, w_o, b_o)[3]


def hidden_pre_activations(x: Array, w_h: Array, b_h: Array) -> Array:
    """z_h (N, H): where its sign changes, ReLU has its kink."""
    return Linear(w_h, b_h).forward(x)


def backward_prop(
    x: Array, target: Array, w_h: Array, b_h: Array, w_o: Array, b_o: Array
) -> tuple[Array, Array, Array, Array]:
    """The average loss's derivatives dW_h (D, H), db_h (1, H), dW_o (H, C), db_o (1, C)."""
    network = _network((w_h, b_h, w_o, b_o))
    network.backward(SOFTMAX_CROSS_ENTROPY.gradient(network.forward(x), target))
    dW_h, db_h, dW_o, db_o = network.gradients()
    return dW_h, db_h, dW_o, db_o


def grad_ce_given(target: Array, p: Array) -> Array:
    """(p - t) / N with the student's own probabilities p (N, C)."""
    return (p - target) / len(target)


def grad_ce_given_total(target: Array, p: Array) -> Array:
    """p - t with probabilities given, the total loss's: accepted under the spelling gradCE."""
    return p - target


def backward_prop_given(
    x: Array, target: Array, w_o: Array, z_h: Array, a_h: Array, p: Array
) -> tuple[Array, Array, Array, Array]:
    """The four derivatives with the student's own forward values z_h, a_h (N, H) and p (N, C)."""
    return backward_prop_given_delta(x, target, w_o, z_h, a_h, grad_ce_given(target, p))


def backward_prop_given_delta(
    x: Array, target: Array, w_o: Array, z_h: Array, a_h: Array, d_logits: Array
) -> tuple[Array, Array, Array, Array]:
    """The four derivatives with the student's own z_h, a_h (N, H) and derivative by the logits d_logits (N, C)."""
    d_h = (d_logits @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_logits, d_logits.sum(axis=0, keepdims=True)


def train(
    x: Array,
    t: Array,
    xv: Array,
    tv: Array,
    hidden: int = 64,
    lr: float = 0.1,
    gamma: float = 0.9,
    epochs: int = 200,
    seed: int = 0,
) -> dict[str, Array]:
    """Full-batch descent with v = gamma v + lr g, w = w - v; v = 0 at first, Xavier weights, biases 0."""
    rng = np.random.default_rng(seed)
    inputs, classes = x.shape[1], t.shape[1]
    w_h, w_o = xavier(rng, inputs, hidden), xavier(rng, hidden, classes)
    network = _network((w_h, np.zeros((1, hidden)), w_o, np.zeros((1, classes))))
    optimizer = SGD(lr, momentum=gamma)
    for _ in range(epochs):
        network.backward(SOFTMAX_CROSS_ENTROPY.gradient(network.forward(x), t))
        optimizer.step(network.parameters(), network.gradients())
    return dict(zip(WEIGHTS, network.parameters(), strict=True))


def _network(weights: Sequence[Array]) -> Network:
    w_h, b_h, w_o, b_o = weights
    return Network([Linear(w_h, b_h), ReLU(), Linear(w_o, b_o)])
