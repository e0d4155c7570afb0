"""Network classifier, in index notation.

Indices:  n example,  i input,  a hidden unit,  k class.  Repeated indices are summed (np.einsum does it for us).

    z_na = X_ni W_ia + b_a,     φ_na = z_na θ(z_na),     E_nk = φ_na V_ak + c_k

The softmax is a Boltzmann weight at temperature 1 with (minus) energies E:

    p_nk = exp(E_nk) / Z_n,     F_n = log Z_n = log Σ_k exp(E_nk)

Z_n is invariant up to a factor under E_nk -> E_nk - m_n, hence F_n = m_n + log Σ_k exp(E_nk - m_n); with m_n = max_k E_nk
no exponent is positive. The cost is the mean of F_n - E_n,y(n), and  ∂F_n/∂E_nk = p_nk, thus

    ∂/∂E_nk = (p_nk - δ_k,y(n)) / N.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Theta:
    """The point in parameter space. Also a tangent vector: a gradient has the same components."""

    W: np.ndarray  # W_ia
    b: np.ndarray  # b_a
    V: np.ndarray  # V_ak
    c: np.ndarray  # c_k

    @classmethod
    def of(cls, params):
        return cls(W=params["W1"], b=params["b1"].reshape(-1), V=params["W2"], c=params["b2"].reshape(-1))

    def params(self):
        return {"W1": self.W, "b1": self.b[None, :], "W2": self.V, "b2": self.c[None, :]}

    def displaced(self, dθ, η):
        """θ - η ∇"""
        return Theta(self.W - η * dθ.W, self.b - η * dθ.b, self.V - η * dθ.V, self.c - η * dθ.c)

    def copy(self):
        return Theta(self.W.copy(), self.b.copy(), self.V.copy(), self.c.copy())


def one_in_k_encoding(vec, k):
    """Kronecker δ_k,vec(n)"""
    return np.equal.outer(vec, np.arange(k)).astype(float)


def free_energy(E_nk):
    """F_n = log Σ_k exp E_nk"""
    m_n = E_nk.max(axis=1)
    return m_n + np.log(np.einsum("nk->n", np.exp(E_nk - m_n[:, None])))


def softmax(X):
    # p = exp(E - F): the normalisation is already in the exponent
    return np.exp(X - free_energy(X)[:, None])


def heaviside(x):
    return np.heaviside(x, 0.0)


def relu(x):
    return x * heaviside(x)


def get_init_params(input_dim, hidden_size, output_size):
    σ_1, σ_2 = np.sqrt(2 / input_dim), np.sqrt(2 / hidden_size)
    return {
        "W1": np.random.normal(0, σ_1, (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, σ_2, (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def energies(X_ni, θ):
    z_na = np.einsum("ni,ia->na", X_ni, θ.W) + θ.b
    φ_na = relu(z_na)
    E_nk = np.einsum("na,ak->nk", φ_na, θ.V) + θ.c
    return z_na, φ_na, E_nk


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        θ = Theta.of(self.params if params is None else params)
        _, _, E_nk = energies(X, θ)
        # exp is monotonic and Z_n positive: the largest energy is the largest probability
        return E_nk.argmax(axis=1)

    def score(self, X, y, params=None):
        return np.mean(np.equal(self.predict(X, params), y), dtype=float)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        θ, λ = Theta.of(params), reg
        N, K = X.shape[0], θ.c.size
        z_na, φ_na, E_nk = energies(X, θ)
        δ_ny = one_in_k_encoding(y, K)

        # C = <F_n - E_n,y> + λ (W_ia W_ia + V_ak V_ak)
        F_n = free_energy(E_nk)
        C = (F_n - np.einsum("nk,nk->n", E_nk, δ_ny)).mean()
        C = C + λ * (np.einsum("ia,ia", θ.W, θ.W) + np.einsum("ak,ak", θ.V, θ.V))

        Δ_nk = (np.exp(E_nk - F_n[:, None]) - δ_ny) / N
        Δ_na = np.einsum("nk,ak,na->na", Δ_nk, θ.V, heaviside(z_na))
        dC = Theta(
            W=np.einsum("ni,na->ia", X, Δ_na) + 2 * λ * θ.W,
            b=np.einsum("na->a", Δ_na),
            V=np.einsum("na,nk->ak", φ_na, Δ_nk) + 2 * λ * θ.V,
            c=np.einsum("nk->k", Δ_nk),
        )
        return C, {"d_w1": dC.W, "d_w2": dC.V, "d_b1": dC.b[None, :], "d_b2": dC.c[None, :]}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=0.0001, epochs=30):
        η, λ = lr, reg
        N = X_train.shape[0]
        θ = Theta.of(init_params).copy()
        samples = {"train": (X_train, y_train), "val": (X_val, y_val)}
        history = {f"{name}_{what}": [] for name in samples for what in ("loss", "acc")}
        for τ in range(epochs):
            π = np.random.permutation(N)
            for cut in np.split(π, np.arange(batch_size, N, batch_size)):
                _, g = self.cost_grad(X_train[cut], y_train[cut], θ.params(), λ)
                dθ = Theta(W=g["d_w1"], b=g["d_b1"].ravel(), V=g["d_w2"], c=g["d_b2"].ravel())
                θ = θ.displaced(dθ, η)
            for name, (X, y) in samples.items():
                C, _ = self.cost_grad(X, y, θ.params(), λ)
                history[f"{name}_loss"].append(float(C))
                history[f"{name}_acc"].append(float(self.score(X, y, θ.params())))
        self.params = θ.params()
        self.history = history
