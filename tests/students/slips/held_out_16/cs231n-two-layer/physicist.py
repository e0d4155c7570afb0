"""Two-layer network in Einstein notation.

    z^nα = X^n_i W^i_α + β_α        h = z Θ(z)        s^n_c = h^n_α V^α_c + γ_c

Free energy per example:  F^n = log Σ_c e^{s^n_c}.  With the gauge choice s -> s - max_c s the exponentials stay below 1,
and F transforms as F -> F - max_c s, so that the loss F^n - s^n_{y(n)} is gauge invariant.

    ∂F/∂s_c = p_c,     ∂s_y/∂s_c = δ_cy     =>     ∂L/∂s^n_c = (p^n_c - δ_{c y(n)}) / N
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Fields:
    W: np.ndarray
    β: np.ndarray
    V: np.ndarray
    γ: np.ndarray


NAMES = ("W1", "b1", "W2", "b2")


@dataclass
class Forward:
    z: np.ndarray
    h: np.ndarray
    s: np.ndarray


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    @property
    def fields(self):
        return Fields(*(self.params[name] for name in NAMES))

    def propagate(self, X):
        Φ = self.fields
        z = np.einsum("ni,ia->na", X, Φ.W) + Φ.β
        h = np.where(z > 0, z, 0.0)
        s = np.einsum("na,ac->nc", h, Φ.V) + Φ.γ
        return Forward(z, h, s)

    def action(self, s, y):
        """The mean of F - s_y, and its derivative by s."""
        n = np.arange(s.shape[0])
        σ = s - s.max(axis=1, keepdims=True)  # gauge
        Z = np.einsum("nc->n", np.exp(σ))
        F = np.log(Z)
        S = np.mean(F - σ[n, y])
        p = np.exp(σ - F[:, np.newaxis])
        δ = np.zeros_like(p)
        δ[n, y] = 1
        return S, (p - δ) / len(n)

    def loss(self, X, y=None, reg=0.0):
        φ = self.propagate(X)
        if y is None:
            return φ.s
        Φ, λ = self.fields, reg
        S, π_s = self.action(φ.s, y)
        # mass terms of the weights only, none for β and γ
        S = S + λ * (np.einsum("ia,ia->", Φ.W, Φ.W) + np.einsum("ac,ac->", Φ.V, Φ.V))

        # back along the chain: π is the momentum conjugate to each field
        π_h = np.einsum("nc,ac->na", π_s, Φ.V)
        π_z = np.einsum("na,na->na", π_h, φ.z > 0)
        return S, {
            "W1": np.einsum("ni,na->ia", X, π_z) + 2 * λ * Φ.W,
            "b1": np.einsum("na->a", π_z),
            "W2": np.einsum("na,nc->ac", φ.h, π_s) + 2 * λ * Φ.V,
            "b2": np.einsum("nc->c", π_s),
        }

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        N = X.shape[0]
        period = max(N // batch_size, 1)
        η = learning_rate
        S_t, acc_t, acc_v = [], [], []
        for τ in range(num_iters):
            if τ > 0 and τ % period == 0:
                η *= learning_rate_decay  # η(τ) = η_0 κ^{floor(τ / period)}
            ω = np.random.choice(N, size=batch_size, replace=batch_size > N)
            X_ω, y_ω = X[ω], y[ω]
            S, dS = self.loss(X_ω, y_ω, λ_of(reg))
            S_t.append(S)
            self.params = {μ: self.params[μ] - η * dS[μ] for μ in NAMES}
            if τ % period == 0:
                acc_t.append(np.mean(self.predict(X_ω) == y_ω))
                acc_v.append(np.mean(self.predict(X_val) == y_val))
        return {"loss_history": S_t, "train_acc_history": acc_t, "val_acc_history": acc_v}

    def predict(self, X):
        return np.argmax(self.propagate(X).s, axis=-1)


def λ_of(reg):
    """The coupling is what it is; a place for experiments with annealing."""
    return reg
