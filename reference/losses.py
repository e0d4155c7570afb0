"""Losses and their gradients. p are probabilities, z logits or outputs, t targets (one-hot for classes): all (N, C)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from reference.arrays import Array, Labels
from reference.softmax import log_softmax, softmax


def total_cross_entropy(p: Array, t: Array) -> float:
    """L = -sum_n sum_k t_nk log p_nk with 0 log 0 = 0; infinite where p is 0 and t is not."""
    asked = t != 0.0
    with np.errstate(divide="ignore"):
        return float(-np.sum(t[asked] * np.log(p[asked])))


def total_cross_entropy_gradient(p: Array, t: Array) -> Array:
    """dL/dp_nk = -t_nk / p_nk, and 0 where t is 0."""
    gradient = np.zeros_like(p)
    with np.errstate(divide="ignore"):
        np.divide(-t, p, out=gradient, where=t != 0.0)
    return gradient


def average_cross_entropy(p: Array, t: Array) -> float:
    """L = -1/N sum_n sum_k t_nk log p_nk with 0 log 0 = 0."""
    return total_cross_entropy(p, t) / len(p)


def average_cross_entropy_gradient(p: Array, t: Array) -> Array:
    """dL/dp_nk = -t_nk / (N p_nk), and 0 where t is 0."""
    return total_cross_entropy_gradient(p, t) / len(p)


def total_softmax_cross_entropy(z: Array, t: Array) -> float:
    """L = -sum_n sum_k t_nk log softmax(z)_nk, never the logarithm of 0."""
    return float(-np.sum(t * log_softmax(z)))


def total_softmax_cross_entropy_gradient(z: Array, t: Array) -> Array:
    """dL/dz = softmax(z) - t, for rows of t that sum to 1."""
    return softmax(z) - t


def average_softmax_cross_entropy(z: Array, t: Array) -> float:
    """L = -1/N sum_n sum_k t_nk log softmax(z)_nk."""
    return total_softmax_cross_entropy(z, t) / len(z)


def average_softmax_cross_entropy_gradient(z: Array, t: Array) -> Array:
    """dL/dz = (softmax(z) - t) / N, for rows of t that sum to 1."""
    return total_softmax_cross_entropy_gradient(z, t) / len(z)


def nll(p: Array, labels: Labels) -> float:
    """L = -sum_n log p[n, label_n], labels (N,)."""
    with np.errstate(divide="ignore"):
        return float(-np.sum(np.log(p[np.arange(len(p)), labels])))


def nll_gradient(p: Array, labels: Labels) -> Array:
    """dL/dp_nk = -1[k = label_n] / p_nk."""
    gradient = np.zeros_like(p)
    rows = np.arange(len(p))
    with np.errstate(divide="ignore"):
        gradient[rows, labels] = -1.0 / p[rows, labels]
    return gradient


def euclidean(z: Array, t: Array) -> float:
    """L = 1/(2N) sum_n sum_k (z_nk - t_nk)^2."""
    return float(np.sum((z - t) ** 2) / (2 * len(z)))


def euclidean_gradient(z: Array, t: Array) -> Array:
    """dL/dz = (z - t) / N."""
    return (z - t) / len(z)


def l2_penalty(weights: Array, strength: float) -> float:
    """L = strength sum W^2."""
    return float(strength * np.sum(weights**2))


def l2_penalty_gradient(weights: Array, strength: float) -> Array:
    """dL/dW = 2 strength W."""
    return 2.0 * strength * weights


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss a network can be trained on: its value and its gradient by the network's outputs."""

    value: Callable[[Array, Array], float]
    gradient: Callable[[Array, Array], Array]


SOFTMAX_CROSS_ENTROPY = Loss(average_softmax_cross_entropy, average_softmax_cross_entropy_gradient)
EUCLIDEAN = Loss(euclidean, euclidean_gradient)
