"""Derivations with indices.  Repeated indices are summed; δ is Kronecker's delta, ε is not used (no regulator needed).

log Z = logsumexp(z),   log p_k = z_k - log Z,   ∂ log p_k / ∂ z_j = δ_kj - p_j,   ∂ p_k / ∂ z_j = p_k (δ_kj - p_j)
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def δ(n):
    """Kronecker's delta in n dimensions."""
    return np.eye(n)


def logsumexp(z):
    """log Σ_l exp z_l = m + log Σ_l exp(z_l - m), for whatever m; the maximum keeps everything finite."""
    m = np.amax(z)
    return m + np.log(np.sum(np.exp(z - m)))


def softmax_jacobian(z):
    p = np.exp(z - logsumexp(z))
    Γ = δ(len(z)) - p[np.newaxis, :]  # Γ_kj = ∂ log p_k / ∂ z_j
    return np.einsum("k,kj->kj", p, Γ)


def nll(yhat, y):
    φ = δ(yhat.shape[1])[y]  # φ_ij = 1[y_i = j]
    p_true = np.einsum("ij,ij->i", φ, yhat)
    return -np.einsum("i->", np.log(p_true))


def nll_grad(yhat, y):
    φ = δ(yhat.shape[1])[y]
    return np.where(φ > 0, -1.0 / np.where(φ > 0, yhat, 1.0), 0.0)


def box(n, W):
    """Π_ij = 1 where entry j lies in window i, i <= j <= i + W - 1."""
    i, j = np.ogrid[: n - W + 1, :n]
    return np.where((j >= i) & (j < i + W), 1.0, 0.0)


def avg_pool1d(x, W):
    return np.einsum("ij,j->i", box(len(x), W), x) / W


def avg_pool1d_backward(dy, n, W):
    return np.einsum("i,ij->j", dy, box(n, W)) / W


def max_pool1d(x, W):
    return np.amax(sliding_window_view(x, W), axis=-1)


def max_pool1d_backward(dy, x, W):
    μ = np.argmax(sliding_window_view(x, W), axis=-1)  # place within the window
    j = np.arange(len(dy)) + μ  # place in the signal
    dx = np.zeros(x.shape)
    np.add.at(dx, j, dy)
    return dx


def shifts(n):
    """S_kij = δ_{i-k,j}, k = -1, 0, 1: the translation operators on n sites with open boundaries."""
    return np.stack([np.eye(n, k=-k) for k in (-1, 0, 1)])


def conv1d(x, w):
    return np.einsum("kij,k,j->i", shifts(len(x)), w, x)


def conv1d_backward(dy, x, w):
    S = shifts(len(x))
    dx = np.einsum("i,kij,k->j", dy, S, w)
    dw = np.einsum("i,kij,j->k", dy, S, x)
    return dx, dw
