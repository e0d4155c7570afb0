"""Softmax classifier: each quantity has its own small pure function."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Probabilities:
    """The softmax of a batch: probabilities and their logarithms, both (N, C)."""

    p: np.ndarray
    log_p: np.ndarray


def _probabilities(scores: np.ndarray) -> Probabilities:
    row_max = np.max(scores, axis=1, keepdims=True)
    shifted = scores - row_max
    log_partition = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    log_p = shifted - log_partition
    return Probabilities(p=np.exp(log_p), log_p=log_p)


def _data_loss(probs: Probabilities, *, label: np.ndarray) -> float:
    per_example = -np.einsum("nc,nc->n", label, probs.log_p)
    return float(per_example.mean())


def _data_gradient(probs: Probabilities, *, features: np.ndarray, label: np.ndarray) -> np.ndarray:
    batch_size = features.shape[0]
    d_scores = (probs.p - label) / batch_size
    return np.einsum("nd,nc->dc", features, d_scores)


def _penalty(weights: np.ndarray, *, strength: float) -> float:
    if strength == 0:
        return 0.0
    return 0.5 * strength * float(np.square(weights).sum())


def _penalty_gradient(weights: np.ndarray, *, strength: float) -> np.ndarray:
    if strength == 0:
        return np.zeros_like(weights)
    return strength * weights


def softmax_classifier(W, input, label, lamda):
    """Loss, gradient (D, C) and predicted classes (N,)."""
    assert input.shape[1] == W.shape[0], "input and W disagree about D"
    assert label.shape == (input.shape[0], W.shape[1]), "label must be (N, C)"
    probs = _probabilities(input @ W)
    loss = _data_loss(probs, label=label) + _penalty(W, strength=lamda)
    gradient = _data_gradient(probs, features=input, label=label) + _penalty_gradient(W, strength=lamda)
    return loss, gradient, np.argmax(probs.log_p, axis=-1)
