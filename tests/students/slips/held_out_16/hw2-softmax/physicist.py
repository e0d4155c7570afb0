"""Softmax regression as a Gibbs ensemble.

Each example n has the energies -s_nj = -x_nd W_dj, the partition function Z_n = Σ_j exp s_nj and the free energy
F_n = -log Z_n.  With the one-hot T_nj:

    L  = <log Z_n - T_nj s_nj>_n + λ/2 W_dj W_dj
    ∂L/∂W_dj = <x_nd (p_nj - T_nj)>_n + λ W_dj,      p_nj = exp(s_nj - log Z_n) = ∂ log Z_n / ∂ s_nj
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Ensemble:
    """What follows from the scores alone."""

    σ: np.ndarray  # scores, the largest of each row at 0
    log_Z: np.ndarray  # (N,)

    @property
    def p(self):
        return np.exp(self.σ - self.log_Z[:, None])


def ensemble(s):
    # log Σ exp s = m + log Σ exp(s - m); only differences of energies are observable, so take m_n = max_j s_nj as the zero
    σ = s - np.amax(s, axis=1)[:, None]
    return Ensemble(σ, np.log(np.einsum("nj->n", np.exp(σ))))


def softmax_classifier(W, input, label, lamda):
    x, T, λ = input, label, lamda
    β = 1.0 / x.shape[0]  # weight of one example in the average

    state = ensemble(np.einsum("nd,dj->nj", x, W))
    p = state.p

    loss = β * (np.einsum("n->", state.log_Z) - np.einsum("nj,nj->", T, state.σ)) + 0.5 * λ * np.einsum("dj,dj->", W, W)
    gradient = β * np.einsum("nd,nj->dj", x, p - T) + λ * W
    prediction = np.argmax(state.σ, axis=1)
    return float(loss), gradient, prediction
