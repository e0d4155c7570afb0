"""Perceptron of L layers as a chain of maps; η is the rate, μ the momentum, θ a parameter and ω its velocity.

    z^l_nj = a^{l-1}_ni W^l_ij + b^l_j,    a^l = φ(z^l),    log p_nk = z^L_nk - log Σ_m exp z^L_nm
    -<t_nk log p_nk> has ∂/∂z^L_nk = (p_nk - t_nk)/N, for ∂ logsumexp(z)/∂z_k = p_k and Σ_k t_nk = 1
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Nonlinearity:
    """φ and its slope, the slope as a function of a = φ(z)."""

    φ: object
    slope: object


def _fermi(z):
    return np.exp(-np.logaddexp(0.0, -z))


def φ_of(act):
    return {
        "relu": Nonlinearity(lambda z: np.maximum(z, 0.0), lambda a: np.heaviside(a, 0.0)),
        "sigmoid": Nonlinearity(_fermi, lambda a: a * (1.0 - a)),
        "tanh": Nonlinearity(np.tanh, lambda a: 1.0 - a**2),
    }[act]


@dataclass
class Layer:
    """W^l_ij, b^l_j and what came in, a^{l-1}_ni."""

    W: np.ndarray
    b: np.ndarray
    a_in: np.ndarray


@dataclass
class Trajectory:
    """What the way back needs."""

    layers: list
    log_p: np.ndarray
    act: str


def forward(X, params, act):
    L = len(params) // 2
    φ = φ_of(act).φ
    a, layers = X, []
    for l in range(1, L + 1):
        layer = Layer(params[f"W{l}"], params[f"b{l}"].reshape(1, -1), a)
        layers.append(layer)
        z = np.einsum("ni,ij->nj", a, layer.W) + layer.b
        a = φ(z) if l < L else z
    m = np.amax(a, axis=1, keepdims=True)
    log_p = a - m - np.log(np.sum(np.exp(a - m), axis=1, keepdims=True))
    return np.exp(log_p), Trajectory(layers, log_p, act)


def backward(cache, T):
    slope = φ_of(cache.act).slope
    N = T.shape[0]
    δ = (np.exp(cache.log_p) - T) / N
    grads = {}
    for l, layer in reversed(list(enumerate(cache.layers, start=1))):
        grads[f"W{l}"] = np.einsum("ni,nj->ij", layer.a_in, δ)
        grads[f"b{l}"] = np.einsum("nj->j", δ)[None, :]
        if l > 1:
            δ = np.einsum("nj,ij->ni", δ, layer.W) * slope(layer.a_in)
    return grads


def predict(X, params, act):
    _, τ = forward(X, params, act)
    return np.argmax(τ.log_p, axis=1)


def confusion_matrix(y, yhat, K):
    e = np.eye(K)  # basis vectors
    return np.einsum("na,nb->ab", e[y], e[yhat])


def _initial(sizes, act, rng):
    θ = {}
    for l, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        variance = 2.0 / n_in if act == "relu" else 2.0 / (n_in + n_out)
        θ[f"W{l}"] = np.sqrt(variance) * rng.normal(size=(n_in, n_out))
        θ[f"b{l}"] = np.zeros((1, n_out))
    return θ


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    η, μ = lr, momentum
    hidden = list(hidden) if np.iterable(hidden) else [hidden]
    K = 1 + max(int(y.max()), int(yv.max()))
    t = np.eye(K)[y]
    θ = _initial([X.shape[1], *hidden, K], act, rng)
    ω = {name: 0.0 * value for name, value in θ.items()}
    for _ in range(epochs):
        π = rng.permutation(len(X))
        for n in np.split(π, np.arange(batch_size, len(X), batch_size)):
            _, τ = forward(X[n], θ, act)
            force = backward(τ, t[n])
            ω = {name: μ * ω[name] + η * force[name] for name in θ}
            θ = {name: θ[name] - ω[name] for name in θ}
    return θ


def tdnn1d(x, w, b):
    X = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)  # X_ndtk = x_nd(t+k)
    return np.einsum("ndtk,hdk->nht", X, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    δ = dout
    X = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    dw = np.einsum("nht,ndtk->hdk", δ, X)
    db = np.einsum("nht->h", δ)
    dx = np.zeros(x.shape)
    for k in range(w.shape[2]):
        dx[:, :, k : k + δ.shape[2]] += np.einsum("nht,hd->ndt", δ, w[:, :, k])
    return dx, dw, db
