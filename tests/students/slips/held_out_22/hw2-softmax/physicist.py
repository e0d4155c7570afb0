"""Softmax regression as a canonical ensemble: the classes k are levels with energies E_nk = -s_nk at beta = 1."""

import numpy as np

BETA = 1.0
HALF = 0.5


def free_energy(E):
    """F_n = -1/beta log Z_n, measured from the ground state of each n."""
    E0 = np.einsum("nk->n", np.min(E, axis=1, keepdims=True))
    Z = np.einsum("nk->n", np.exp(-BETA * (E - E0[:, None])))
    return E0 - np.log(Z) / BETA


def occupation(E, F):
    """Boltzmann weights z_nk = exp(-beta (E_nk - F_n))."""
    return np.exp(-BETA * (E - F[:, None]))


def softmax_classifier(W, input, label, lamda):
    x, T = np.asarray(input), np.asarray(label)
    N = x.shape[0]

    E = -np.einsum("nd,dk->nk", x, W)
    F = free_energy(E)
    z = occupation(E, F)

    # L = <E_label - F> + lamda/2 W_dk W_dk
    action = BETA * np.einsum("nk,nk->", T, E - F[:, None]) / N
    potential = HALF * lamda * np.einsum("dk,dk->", W, W)
    L = action + potential

    # dL/dW_dk = 1/N x_nd (z_nk - T_nk) + lamda W_dk
    delta = z - T
    force = np.einsum("nd,nk->dk", x, delta) / N
    spring = lamda * W
    ground_state = np.argmin(E, axis=1)
    return L, force + spring, ground_state
