"""Softmax and its logarithm, shifted by each row's own maximum so that no exponential overflows."""

import numpy as np

from reference.arrays import Array


def softmax(z: Array) -> Array:
    """p_nj = exp(z_nj) / sum_k exp(z_nk), (N, C) -> (N, C)."""
    exponentials = np.exp(z - z.max(axis=1, keepdims=True))
    p: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
    return p


def log_softmax(z: Array) -> Array:
    """log p_nj = z_nj - log sum_k exp(z_nk), (N, C) -> (N, C)."""
    shifted = z - z.max(axis=1, keepdims=True)
    log_p: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return log_p


def softmax_jacobian(z: Array) -> Array:
    """J_kj = dp_k / dz_j = p_k (1[k=j] - p_j), (C,) -> (C, C)."""
    p = softmax(z[np.newaxis, :])[0]
    return np.diag(p) - np.outer(p, p)
