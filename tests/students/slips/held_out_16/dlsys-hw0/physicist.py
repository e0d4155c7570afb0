"""Softmax regression and a two-layer network.

Write Z_n = Σ_k exp(ζ_nk) for the partition function. log Z_n is computed as

    log Σ_k exp(ζ_nk) = μ_n + log Σ_k exp(ζ_nk - μ_n),      μ_n = max_k ζ_nk

which is exact for any μ_n; this one keeps every exponent ≤ 0 and one of them = 0, so the sum lies in [1, K].
The probabilities are p_nk = exp(ζ_nk - log Z_n).
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Ensemble:
    """A batch: microstates x_ni, labels y_n. `size` is the number of members."""

    x: np.ndarray
    y: np.ndarray

    @property
    def size(self):
        return self.x.shape[0]

    def kronecker(self, K):
        """δ_nk = 1 where k = y_n"""
        return (self.y[:, None] == np.arange(K)[None, :]).astype(float)


def ensembles(X, y, B):
    for n0 in range(0, X.shape[0], B):
        yield Ensemble(X[n0 : n0 + B], y[n0 : n0 + B])


def log_partition(ζ):
    μ = np.max(ζ, axis=1)
    return μ + np.log(np.einsum("nk->n", np.exp(ζ - μ[:, None])))


def boltzmann(ζ):
    return np.exp(ζ - log_partition(ζ)[:, None])


def softmax_loss(Z, y):
    δ = Ensemble(Z, y).kronecker(Z.shape[1])
    # <log Z_n> - <ζ_n,y>
    return np.mean(log_partition(Z)) - np.einsum("nk,nk->", Z, δ) / Z.shape[0]


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    θ, η = theta, lr
    for e in ensembles(X, y, batch):
        ζ = np.einsum("ni,ik->nk", e.x, θ)
        Δ = boltzmann(ζ) - e.kronecker(θ.shape[1])
        θ -= η / e.size * np.einsum("ni,nk->ik", e.x, Δ)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    η = lr
    for e in ensembles(X, y, batch):
        u = np.einsum("ni,ij->nj", e.x, W1)
        Θ = np.heaviside(u, 0.0)
        φ = Θ * u
        ζ = np.einsum("nj,jk->nk", φ, W2)
        Δ2 = boltzmann(ζ) - e.kronecker(W2.shape[1])
        Δ1 = np.einsum("nj,nk,jk->nj", Θ, Δ2, W2)
        dW1, dW2 = np.einsum("ni,nj->ij", e.x, Δ1), np.einsum("nj,nk->jk", φ, Δ2)
        W1 -= η / e.size * dW1
        W2 -= η / e.size * dW2
