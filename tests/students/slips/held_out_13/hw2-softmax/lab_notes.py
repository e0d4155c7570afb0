"""Homework 2, part 2 - softmax classifier.

Student notes:
    s = X W, z = softmax(s), E_n = -sum_k t_k log z_k
    dE_n/ds_j = z_j - t_j   (sum of t is 1)
    dE_n/dW   = outer(x, z - t)
"""

import logging
from typing import Tuple

import numpy as np

EPSILON = 1e-12
VERBOSE = False
logger = logging.getLogger(__name__)


def row_softmax(scores: np.ndarray) -> np.ndarray:
    """Softmax of each row, shifted by the row's own maximum."""
    assert scores.ndim == 2, "scores must be (N, C)"
    biggest = np.max(scores, axis=1, keepdims=True)
    exps = np.exp(scores - biggest)
    totals = np.sum(exps, axis=1, keepdims=True)
    return exps / totals


def cross_entropy(probs: np.ndarray, targets: np.ndarray) -> float:
    """Average over the batch."""
    n_samples = targets.shape[0]
    per_example = -np.sum(targets * np.log(probs + EPSILON), axis=1)
    return float(np.sum(per_example) / n_samples)


def l2_penalty(W: np.ndarray, lamda: float) -> float:
    """lamda/2 ||W||^2."""
    return float(0.5 * lamda * np.sum(np.square(W)))


def softmax_classifier(W: np.ndarray, input: np.ndarray, label: np.ndarray, lamda: float) -> Tuple:
    """Returns (loss, gradient, prediction)."""
    assert W.shape[0] == input.shape[1], "D does not fit"
    assert label.shape == (input.shape[0], W.shape[1]), "label must be one-hot (N, C)"

    n_samples = input.shape[0]

    # ---- forward ----
    scores = np.dot(input, W)
    probs = row_softmax(scores)
    prediction = np.argmax(probs, axis=1)

    data_loss = cross_entropy(probs, label)
    loss = data_loss + l2_penalty(W, lamda)

    # ---- backward ----
    dscores = probs.copy()
    dscores -= label
    dscores /= n_samples
    gradient = np.dot(input.T, dscores)
    gradient += lamda * W

    if VERBOSE:
        print("loss %.4f (data %.4f)" % (loss, data_loss))
    logger.debug("loss %f", loss)
    return loss, gradient, prediction


def numeric_gradient(W, input, label, lamda, h=1e-5):
    """Central differences, for the check below only."""
    result = np.zeros_like(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            plus, minus = W.copy(), W.copy()
            plus[i, j] += h
            minus[i, j] -= h
            up = softmax_classifier(plus, input, label, lamda)[0]
            down = softmax_classifier(minus, input, label, lamda)[0]
            result[i, j] = (up - down) / (2 * h)
    return result


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    W0 = rng.normal(size=(5, 4))
    X0 = rng.normal(size=(6, 5))
    T0 = np.eye(4)[rng.integers(0, 4, 6)]
    analytic = softmax_classifier(W0, X0, T0, 0.3)[1]
    print("max difference:", np.abs(analytic - numeric_gradient(W0, X0, T0, 0.3)).max())
