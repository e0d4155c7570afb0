"""The right functions over the reference network, with reg as asked and with reg/2, which is accepted."""

import numpy as np

from reference.arrays import Array, Labels
from reference.data import one_hot
from reference.layers import Linear, ReLU
from reference.losses import SOFTMAX_CROSS_ENTROPY, average_cross_entropy, l2_penalty, l2_penalty_gradient
from reference.network import Network
from reference.softmax import softmax as stable_softmax

LOSS_EPSILON = 1e-6
NAMES = ("W1", "b1", "W2", "b2")
Results = tuple[float, Array, Array, Array, Array]


def relu(x: Array) -> Array:
    """max(x, 0)."""
    return ReLU().forward(x)


def softmax(X: Array) -> Array:
    """Each row's exponentials over their sum, (N, C)."""
    return stable_softmax(X)


def hidden_pre_activations(X: Array, W1: Array, b1: Array) -> Array:
    """z1 (N, H): where its sign changes, ReLU has its kink."""
    return Linear(W1, b1).forward(X)


def scores(a1: Array, W2: Array, b2: Array) -> Array:
    """z2 (N, C)."""
    return Linear(W2, b2).forward(a1)


def probabilities(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """softmax(relu(X W1 + b1) W2 + b2), (N, C)."""
    return stable_softmax(_network(W1, b1, W2, b2).forward(X))


def cost_grad(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> Results:
    """Average cross-entropy + reg (sum W1^2 + sum W2^2), and its derivatives by W1, b1, W2, b2."""
    network = _network(W1, b1, W2, b2)
    labels = one_hot(y, W2.shape[1])
    outputs = network.forward(X)
    network.backward(SOFTMAX_CROSS_ENTROPY.gradient(outputs, labels))
    d_w1, d_b1, d_w2, d_b2 = network.gradients()
    cost = SOFTMAX_CROSS_ENTROPY.value(outputs, labels) + l2_penalty(W1, reg) + l2_penalty(W2, reg)
    return cost, d_w1 + l2_penalty_gradient(W1, reg), d_b1, d_w2 + l2_penalty_gradient(W2, reg), d_b2


def cost_grad_half(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> Results:
    """The same with reg/2: accepted where cost and gradients agree."""
    return cost_grad(X, y, W1, b1, W2, b2, reg / 2)


def cost_grad_epsilon(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> Results:
    """The least cost accepted: with the largest epsilon inside the logarithm, 1e-6."""
    cost, *gradients = cost_grad(X, y, W1, b1, W2, b2, reg)
    p, labels = probabilities(X, W1, b1, W2, b2), one_hot(y, W2.shape[1])
    outputs = _network(W1, b1, W2, b2).forward(X)
    shorter = average_cross_entropy(p + LOSS_EPSILON, labels) - SOFTMAX_CROSS_ENTROPY.value(outputs, labels)
    d_w1, d_b1, d_w2, d_b2 = gradients
    return cost + shorter, d_w1, d_b1, d_w2, d_b2


def cost_grad_half_epsilon(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array, reg: float) -> Results:
    """The same with reg/2."""
    return cost_grad_epsilon(X, y, W1, b1, W2, b2, reg / 2)


def cost_grad_given(X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, a1: Array, p: Array) -> Results:
    """Cost and derivatives with the student's own a1 (N, H) and p (N, C)."""
    labels = one_hot(y, p.shape[1])
    cost = average_cross_entropy(p, labels) + l2_penalty(W1, reg) + l2_penalty(W2, reg)
    delta2 = (p - labels) / len(X)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    d_w1, d_w2 = X.T @ delta1 + l2_penalty_gradient(W1, reg), a1.T @ delta2 + l2_penalty_gradient(W2, reg)
    return cost, d_w1, delta1.sum(axis=0, keepdims=True), d_w2, delta2.sum(axis=0, keepdims=True)


def cost_grad_given_half(
    X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, a1: Array, p: Array
) -> Results:
    """The same with reg/2."""
    return cost_grad_given(X, y, W1, W2, reg / 2, z1, a1, p)


def cost_grad_given_epsilon(
    X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, a1: Array, p: Array
) -> Results:
    """The least cost accepted with the student's own a1 and p."""
    _, d_w1, d_b1, d_w2, d_b2 = cost_grad_given(X, y, W1, W2, reg, z1, a1, p)
    cost = average_cross_entropy(p + LOSS_EPSILON, one_hot(y, p.shape[1]))
    return cost + l2_penalty(W1, reg) + l2_penalty(W2, reg), d_w1, d_b1, d_w2, d_b2


def cost_grad_given_half_epsilon(
    X: Array, y: Labels, W1: Array, W2: Array, reg: float, z1: Array, a1: Array, p: Array
) -> Results:
    """The same with reg/2."""
    return cost_grad_given_epsilon(X, y, W1, W2, reg / 2, z1, a1, p)


def predict(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """The class with the largest probability, (N,)."""
    return np.asarray(_network(W1, b1, W2, b2).forward(X).argmax(axis=1))


def predict_given(p: Array) -> Array:
    """The same with the student's own probabilities."""
    return np.asarray(p.argmax(axis=1))


def score(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array) -> float:
    """The share of examples whose predicted class is y."""
    return float(np.mean(predict(X, W1, b1, W2, b2) == y))


def score_given(y: Labels, p: Array) -> float:
    """The same with the student's own probabilities."""
    return float(np.mean(p.argmax(axis=1) == y))


def score_given_prediction(y: Labels, prediction: Array) -> float:
    """The same with the student's own predictions, which may be a column."""
    return float(np.mean(prediction.ravel() == y))


def half_right(X: Array, y: Labels, W1: Array, b1: Array, W2: Array, b2: Array) -> Labels:
    """Labels of which every other one is what the network predicts, so that the accuracy is never 0."""
    return np.where(np.arange(len(y)) % 2 == 0, predict(X, W1, b1, W2, b2), y)


def fit(
    X_train: Array,
    y_train: Labels,
    X_val: Array,
    y_val: Labels,
    W1: Array,
    b1: Array,
    W2: Array,
    b2: Array,
    batch_size: int = 32,
    lr: float = 0.1,
    reg: float = 1e-4,
    epochs: int = 30,
    seed: int = 0,
) -> dict[str, Array]:
    """Mini-batch descent with shuffled epochs and a smaller last batch, w = w - lr g."""
    rng = np.random.default_rng(seed)
    params = [np.array(W1), np.array(b1), np.array(W2), np.array(b2)]
    for _ in range(epochs):
        order = rng.permutation(len(X_train))
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            gradients = cost_grad(X_train[rows], y_train[rows], *params, reg)[1:]
            params = [w - lr * g for w, g in zip(params, gradients, strict=True)]
    return dict(zip(NAMES, params, strict=True))


def _network(W1: Array, b1: Array, W2: Array, b2: Array) -> Network:
    return Network([Linear(W1, b1), ReLU(), Linear(W2, b2)])
