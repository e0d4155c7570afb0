"""Notation: indices d (inputs), h (hidden), k (classes), n (examples). Inside, an example is a column.

    softmax regression   Z_kn = theta_dk X_dn
    network              A_hn = max(W1_dh X_dn, 0),   Z_kn = W2_hk A_hn
"""
import numpy as np


def E(y, K):
    """Unit vectors e_{y_n} as columns: (K, N)."""
    return np.eye(K)[:, y]


def log_sum_exp(Z):
    """(K, N) -> (N,): log sum_k exp Z_kn."""
    M = np.max(Z, axis=0)
    return M + np.log(np.einsum("kn->n", np.exp(Z - M)))


def sigma(Z):
    """P_kn = exp(Z_kn - log sum_j exp Z_jn)."""
    return np.exp(Z - log_sum_exp(Z))


def softmax_loss(Z, y):
    N, K = Z.shape
    log_P = Z.T - log_sum_exp(Z.T)
    # <T, log P> = tr(T^T log P)
    return -np.einsum("kn,kn->", E(y, K), log_P) / N


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    K = theta.shape[1]
    for i in range(-(-X.shape[0] // batch)):
        I = slice(i * batch, (i + 1) * batch)
        x, T = X[I].T, E(y[I], K)
        B = x.shape[1]
        residual = sigma(np.einsum("dk,dn->kn", theta, x)) - T
        theta[...] = theta - lr / B * np.einsum("dn,kn->dk", x, residual)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    K = W2.shape[1]
    for i in range(-(-X.shape[0] // batch)):
        I = slice(i * batch, (i + 1) * batch)
        x, T = X[I].T, E(y[I], K)
        B = x.shape[1]
        U = np.einsum("dh,dn->hn", W1, x)
        A = np.maximum(U, 0)
        G2 = sigma(np.einsum("hk,hn->kn", W2, A)) - T
        # d max(u, 0) / du is Heaviside's function
        G1 = np.heaviside(U, 0) * np.einsum("hk,kn->hn", W2, G2)
        dW1 = np.einsum("dn,hn->dh", x, G1) / B
        dW2 = np.einsum("hn,kn->hk", A, G2) / B
        W1 += -lr * dW1
        W2 += -lr * dW2
