"""The right methods over the reference network, with reg as asked and with reg/2, which is accepted."""

import numpy as np

from reference.arrays import Array, Labels
from reference.data import one_hot
from reference.layers import Linear, ReLU
from reference.losses import SOFTMAX_CROSS_ENTROPY, average_cross_entropy, l2_penalty, l2_penalty_gradient
from reference.network import Network
from reference.one_example import (
    Results,
    early,
    history_of,
    late,
    step_of,
    stepped,
    three_iterations_of,
    two_steps_of,
)
from reference.softmax import softmax
from reference.training_checks import BATCHES

LOSS_EPSILON = 1e-6
NAMES = ("W1", "b1", "W2", "b2")


def hidden_pre_activations(X: Array, W1: Array, b1: Array) -> Array:
    """z1 (N, H): where its sign changes, ReLU has its kink."""
    return np.asarray(X @ W1 + b1)


def scores(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Array:
    """relu(X W1 + b1) W2 + b2, (N, C)."""
    return _network(W1, b1, W2, b2).forward(X)


def probabilities(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """The softmax of the scores, (N, C)."""
    return softmax(scores(X, W1, b1, W2, b2))


def loss(X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Results:
    """Average cross-entropy + reg (sum W1^2 + sum W2^2), and its derivatives by W1, b1, W2, b2."""
    network = _network(W1, b1, W2, b2)
    labels = one_hot(y, W2.shape[1])
    outputs = network.forward(X)
    network.backward(SOFTMAX_CROSS_ENTROPY.gradient(outputs, labels))
    d_w1, d_b1, d_w2, d_b2 = network.gradients()
    cost = SOFTMAX_CROSS_ENTROPY.value(outputs, labels) + l2_penalty(W1, reg) + l2_penalty(W2, reg)
    return cost, d_w1 + l2_penalty_gradient(W1, reg), d_b1[0], d_w2 + l2_penalty_gradient(W2, reg), d_b2[0]


def loss_half(X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Results:
    """The same with reg/2: accepted where loss and gradients agree."""
    return loss(X, y, reg / 2, W1, b1, W2, b2)


def loss_bias(X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Results:
    """The same with the biases regularised too: accepted where loss and gradients agree."""
    cost, d_w1, d_b1, d_w2, d_b2 = loss(X, y, reg, W1, b1, W2, b2)
    cost += l2_penalty(b1, reg) + l2_penalty(b2, reg)
    return cost, d_w1, d_b1 + l2_penalty_gradient(b1, reg), d_w2, d_b2 + l2_penalty_gradient(b2, reg)


def loss_half_bias(X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Results:
    """The same with reg/2."""
    return loss_bias(X, y, reg / 2, W1, b1, W2, b2)


def loss_epsilon(X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Results:
    """The least loss accepted: with the largest epsilon inside the logarithm, 1e-6."""
    cost, *gradients = loss(X, y, reg, W1, b1, W2, b2)
    labels = one_hot(y, W2.shape[1])
    outputs = scores(X, W1, b1, W2, b2)
    with_epsilon = average_cross_entropy(softmax(outputs) + LOSS_EPSILON, labels)
    d_w1, d_b1, d_w2, d_b2 = gradients
    return cost + with_epsilon - SOFTMAX_CROSS_ENTROPY.value(outputs, labels), d_w1, d_b1, d_w2, d_b2


def loss_half_epsilon(
    X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int
) -> Results:
    """The same with reg/2."""
    return loss_epsilon(X, y, reg / 2, W1, b1, W2, b2)


def loss_bias_epsilon(
    X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int
) -> Results:
    """The least loss accepted with the biases regularised."""
    cost, *_ = loss_epsilon(X, y, reg, W1, b1, W2, b2)
    _, d_w1, d_b1, d_w2, d_b2 = loss_bias(X, y, reg, W1, b1, W2, b2)
    return cost + l2_penalty(b1, reg) + l2_penalty(b2, reg), d_w1, d_b1, d_w2, d_b2


def loss_half_bias_epsilon(
    X: Array, y: Labels, reg: float, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int
) -> Results:
    """The same with reg/2."""
    return loss_bias_epsilon(X, y, reg / 2, W1, b1, W2, b2)


def loss_given(X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, z2: Array) -> Results:
    """Loss and derivatives with the student's own scores z2 (N, C)."""
    labels = one_hot(y, z2.shape[1])
    cost = SOFTMAX_CROSS_ENTROPY.value(z2, labels) + l2_penalty(W1, reg) + l2_penalty(W2, reg)
    delta2 = SOFTMAX_CROSS_ENTROPY.gradient(z2, labels)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    d_w1 = X.T @ delta1 + l2_penalty_gradient(W1, reg)
    d_w2 = np.maximum(z1, 0).T @ delta2 + l2_penalty_gradient(W2, reg)
    return cost, d_w1, delta1.sum(axis=0), d_w2, delta2.sum(axis=0)


def loss_given_half(X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, z2: Array) -> Results:
    """The same with reg/2."""
    return loss_given(X, y, W1, W2, reg / 2, z1, z2)


def loss_given_epsilon(X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, z2: Array) -> Results:
    """The least loss accepted with the student's own scores."""
    cost, *gradients = loss_given(X, y, W1, W2, reg, z1, z2)
    labels = one_hot(y, z2.shape[1])
    with_epsilon = average_cross_entropy(softmax(z2) + LOSS_EPSILON, labels)
    d_w1, d_b1, d_w2, d_b2 = gradients
    return cost + with_epsilon - SOFTMAX_CROSS_ENTROPY.value(z2, labels), d_w1, d_b1, d_w2, d_b2


def loss_given_half_epsilon(X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, z2: Array) -> Results:
    """The same with reg/2."""
    return loss_given_epsilon(X, y, W1, W2, reg / 2, z1, z2)


def predict(X: Array, W1: Array, b1: Array, W2: Array, b2: Array, *sizes: int) -> Array:
    """The class with the largest score, (N,)."""
    return np.asarray(scores(X, W1, b1, W2, b2).argmax(axis=1))


def predict_given(z2: Array) -> Array:
    """The same with the student's own scores."""
    return np.asarray(z2.argmax(axis=1))


def same_rows(X: Array, y: Labels, *others: Array) -> Array:
    """The first example in every row."""
    return np.repeat(X[:1], len(X), axis=0)


def same_labels(X: Array, y: Labels, *others: Array) -> Labels:
    """The first label in every row."""
    return np.repeat(y[:1], len(y))


def step_given(
    learning_rate: float, W1: Array, b1: Array, W2: Array, b2: Array, *gradients: Array
) -> tuple[Array, ...]:
    """w - learning_rate g for each parameter, with the student's own gradients."""
    return stepped(learning_rate, (W1, b1, W2, b2), gradients)


def decayed_step_given(learning_rate: float, decay: float, *after: Array) -> tuple[Array, ...]:
    """The second step with the student's own gradients."""
    return step_given(learning_rate * decay, *after)


def second_step_early(X: Array, learning_rate: float, decay: float, *after: Array) -> tuple[Array, ...]:
    """The second of three iterations of one example each, with the student's own gradients."""
    return step_given(learning_rate * decay ** early(1, len(X)), *after)


def second_step_late(X: Array, learning_rate: float, decay: float, *after: Array) -> tuple[Array, ...]:
    """The same where the rate decays after the last iteration of a pass."""
    return step_given(learning_rate * decay ** late(1, len(X)), *after)


def third_step_early(X: Array, learning_rate: float, decay: float, *after: Array) -> tuple[Array, ...]:
    """The third of them."""
    return step_given(learning_rate * decay ** early(2, len(X)), *after)


def third_step_late(X: Array, learning_rate: float, decay: float, *after: Array) -> tuple[Array, ...]:
    """The third where the rate decays after the last iteration of a pass."""
    return step_given(learning_rate * decay ** late(2, len(X)), *after)


def history_given(*own_costs: float) -> Array:
    """The student's own losses before each of three steps with their own gradients."""
    return np.array(own_costs)


one_step, one_step_half, one_step_bias, one_step_half_bias = map(step_of, (loss, loss_half, loss_bias, loss_half_bias))
two_steps, two_steps_half, two_steps_bias, two_steps_half_bias = map(
    two_steps_of, (loss, loss_half, loss_bias, loss_half_bias)
)
three_iterations, three_iterations_half, three_iterations_bias, three_iterations_half_bias = (
    three_iterations_of(slopes, early) for slopes in (loss, loss_half, loss_bias, loss_half_bias)
)
three_iterations_late, three_iterations_late_half, three_iterations_late_bias, three_iterations_late_half_bias = (
    three_iterations_of(slopes, late) for slopes in (loss, loss_half, loss_bias, loss_half_bias)
)
loss_history, loss_history_half, loss_history_bias, loss_history_half_bias = map(
    history_of, (loss, loss_half, loss_bias, loss_half_bias)
)
# The least losses accepted.
loss_history_epsilon, loss_history_half_epsilon, loss_history_bias_epsilon, loss_history_half_bias_epsilon = map(
    history_of, (loss_epsilon, loss_half_epsilon, loss_bias_epsilon, loss_half_bias_epsilon)
)


def batches(
    X: Array, y: Labels, X_val: Array, y_val: Labels, learning_rate: float, *parameters: Array
) -> tuple[Array, ...]:
    """BATCHES steps on one example each, where all examples are the same one."""
    weights: tuple[Array, ...] = parameters[:4]
    for _ in range(BATCHES):
        weights = step_given(learning_rate, *weights, *loss(X[:1], y[:1], 0.0, *weights)[1:])
    return weights


def one_batch(
    X: Array, y: Labels, X_val: Array, y_val: Labels, learning_rate: float, *parameters: Array
) -> tuple[Array, ...]:
    """One step, where all examples are the same one."""
    weights: tuple[Array, ...] = parameters[:4]
    return step_given(learning_rate, *weights, *loss(X[:1], y[:1], 0.0, *weights)[1:])


def training(
    X: Array,
    y: Labels,
    X_val: Array,
    y_val: Labels,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    *sizes: int,
    learning_rate: float = 0.2,
    learning_rate_decay: float = 0.98,
    reg: float = 1e-4,
    epochs: int = 1000,
    batch_size: int = 50,
    hidden: int = 32,
    seed: int = 0,
) -> dict[str, Array]:
    """`epochs` iterations on batches drawn with replacement; the rate decays once every len(X) / batch_size of them."""
    rng = np.random.default_rng(seed)
    params: tuple[Array, ...] = (W1, b1, W2, b2)
    decays_every = max(len(X) // batch_size, 1)
    for iteration in range(epochs):
        rows = rng.integers(0, len(X), batch_size)
        gradients = loss(X[rows], y[rows], reg, *params)[1:]
        params = step_given(learning_rate, *params, *gradients)
        learning_rate *= learning_rate_decay if iteration % decays_every == 0 else 1.0
    return {f"new_{name}": w for name, w in zip(NAMES, params, strict=True)}


def _network(W1: Array, b1: Array, W2: Array, b2: Array) -> Network:
    return Network([Linear(W1, np.reshape(b1, (1, -1))), ReLU(), Linear(W2, np.reshape(b2, (1, -1)))])
