"""The right classifier over the reference's losses, with lamda/2 as asked, and with lamda, which is accepted."""

from collections.abc import Callable

import numpy as np

from reference.arrays import Array
from reference.losses import SOFTMAX_CROSS_ENTROPY, average_cross_entropy, l2_penalty, l2_penalty_gradient
from reference.softmax import softmax

LOSS_EPSILON = 1e-6


def softmax_classifier(W: Array, input: Array, label: Array, lamda: float) -> tuple[float, Array, Array]:
    """Average cross-entropy + lamda/2 sum W^2, its gradient (D, C), and the predicted classes (N,)."""
    return _classifier(W, input, label, lamda / 2)


def softmax_classifier_full(W: Array, input: Array, label: Array, lamda: float) -> tuple[float, Array, Array]:
    """The same with lamda sum W^2: accepted where loss and gradient agree."""
    return _classifier(W, input, label, lamda)


def softmax_classifier_epsilon(W: Array, input: Array, label: Array, lamda: float) -> tuple[float, Array, Array]:
    """The least loss accepted: with the largest epsilon inside the logarithm, 1e-6."""
    return _with_epsilon(softmax_classifier, W, input, label, lamda)


def softmax_classifier_full_epsilon(W: Array, input: Array, label: Array, lamda: float) -> tuple[float, Array, Array]:
    """The same with lamda sum W^2."""
    return _with_epsilon(softmax_classifier_full, W, input, label, lamda)


def _with_epsilon(
    form: Callable[..., tuple[float, Array, Array]], W: Array, input: Array, label: Array, lamda: float
) -> tuple[float, Array, Array]:
    loss, gradient, prediction = form(W, input, label, lamda)
    p = softmax(input @ W)
    shorter = average_cross_entropy(p + LOSS_EPSILON, label) - SOFTMAX_CROSS_ENTROPY.value(input @ W, label)
    return loss + shorter, gradient, prediction


def _classifier(W: Array, input: Array, label: Array, strength: float) -> tuple[float, Array, Array]:
    logits = input @ W
    loss = SOFTMAX_CROSS_ENTROPY.value(logits, label) + l2_penalty(W, strength)
    gradient = input.T @ SOFTMAX_CROSS_ENTROPY.gradient(logits, label) + l2_penalty_gradient(W, strength)
    return loss, gradient, np.asarray(logits.argmax(axis=1))
