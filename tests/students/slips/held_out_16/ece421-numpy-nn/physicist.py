"""ECE421 assignment 2 in index notation: n sample, i input, a hidden unit, c class.

    L = -<t_nc log p_nc>_n,    p_nc = e^{ζ_nc} / Z_n,    log p_nc = ζ_nc - log Z_n
    ∂ log Z_n / ∂ζ_nc = (1/Z_n) ∂Z_n/∂ζ_nc = e^{ζ_nc}/Z_n = p_nc
    ∂L/∂ζ_nc = -1/N (t_nc - p_nc Σ_k t_nk) = (p_nc - t_nc)/N       since Σ_k t_nk = 1

Momentum is Newton's law with friction: v is the displacement per step, γ what friction leaves of it.
"""

from dataclasses import asdict, dataclass, fields

import numpy as np


@dataclass
class State:
    """A point of the configuration space, or a vector there."""

    w_h: np.ndarray
    b_h: np.ndarray
    w_o: np.ndarray
    b_o: np.ndarray

    def __iter__(self):
        return (getattr(self, f.name) for f in fields(self))

    def __add__(self, other):
        return State(*(a + b for a, b in zip(self, other)))

    def __rmul__(self, α):
        return State(*(α * a for a in self))

    @classmethod
    def at_rest(cls, like):
        return cls(*(np.zeros_like(a) for a in like))


def relu(x):
    return np.where(x > 0, x, 0.0)


def log_Z(ζ):
    """log Σ_c exp ζ_nc = μ_n + log Σ_c exp(ζ_nc - μ_n), kept as a column"""
    μ = np.amax(ζ, axis=1, keepdims=True)
    return μ + np.log(np.einsum("nc->n", np.exp(ζ - μ)))[:, None]


def softmax(logits):
    ζ = logits
    μ = np.amax(ζ, axis=1, keepdims=True)
    w = np.exp(ζ - μ)  # Boltzmann weights
    return np.einsum("nc,n->nc", w, 1 / np.einsum("nc->n", w))


def compute_layer(x, w, b):
    return np.einsum("ni,ia->na", x, w) + b


def average_ce(target, prediction):
    n, c = np.nonzero(target)
    τ = target[n, c]
    return -np.einsum("m,m->", τ, np.log(prediction[n, c])) / target.shape[0]


def grad_ce(target, logits):
    return (softmax(logits) - target) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    ζ = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, ζ, softmax(ζ)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, ζ, _ = forward_prop(x, w_h, b_h, w_o, b_o)
    δ_o = grad_ce(target, ζ)
    Θ_h = np.heaviside(z_h, 0.0)
    δ_h = np.einsum("nc,ac,na->na", δ_o, w_o, Θ_h)
    dW_h = np.einsum("ni,na->ia", x, δ_h)
    dW_o = np.einsum("na,nc->ac", a_h, δ_o)
    return dW_h, np.einsum("na->a", δ_h)[None, :], dW_o, np.einsum("nc->c", δ_o)[None, :]


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    ρ = np.random.default_rng(seed)
    η, γ = lr, gamma
    D, C = x.shape[1], t.shape[1]
    σ_h, σ_o = (2 / (D + hidden)) ** 0.5, (2 / (hidden + C)) ** 0.5
    q = State(
        w_h=σ_h * ρ.standard_normal((D, hidden)),
        b_h=np.zeros((1, hidden)),
        w_o=σ_o * ρ.standard_normal((hidden, C)),
        b_o=np.zeros((1, C)),
    )
    v = State.at_rest(q)
    for _ in range(epochs):
        force = State(*backward_prop(x, t, *q))
        v = γ * v + η * force
        q = q + (-1) * v
    return asdict(q)
