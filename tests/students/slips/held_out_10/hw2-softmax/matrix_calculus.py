# Softmax regression, derived with differentials.
#
# Convention: COLUMN vectors. An example is a column x in R^D, Xi = [x_1 ... x_N] in R^(D x N), and
#
#       S   = W' Xi                        in R^(C x N)         scores
#       L   = S - 1 lse(S)'                                     log-probabilities, lse = log 1'exp(S)
#       P   = exp(L)                                            columns sum to one
#       J   = -1/N <T, L> + lamda/2 <W, W>                      <A, B> = tr A'B
#
# Differential:
#       dL  = dS - 1 (1' (P o dS))
#       dJ  = -1/N <T, dS> + 1/N <T, 1 1'(P o dS)> + lamda <W, dW>
#           = 1/N < P diag(1'T) - T, dS > + lamda <W, dW>
#       dS  = dW' Xi       =>   <Delta, dW' Xi> = <Xi Delta', dW>
#
# so that grad J = Xi Delta' + lamda W,  Delta = (P diag(1'T) - T)/N.       1'T = 1' for one-hot T.

import numpy as np


def inner(A, B):
    """Frobenius product tr(A'B), without forming the off-diagonal of A'B."""
    return float(np.einsum("ij,ij->", A, B))


def lse(S):
    """log 1'exp(S), a row (1, N); the maximum m' of each column is pulled out."""
    m = np.max(S, axis=0)[None, :]
    return m + np.log(np.sum(np.exp(S - m), axis=0))[None, :]


def softmax_classifier(W, input, label, lamda):
    Xi = np.asarray(input, dtype=np.float64).T
    T = np.asarray(label, dtype=np.float64).T
    W = np.asarray(W, dtype=np.float64)
    C, N = T.shape
    one = np.ones((C, 1))

    S = W.T @ Xi
    L = S - one @ lse(S)
    P = np.exp(L)

    J = lamda / 2 * inner(W, W) - inner(T, L) / N

    mass = one.T @ T                       # (1, N), all ones for one-hot columns
    Delta = (P * mass - T) / N
    grad = Xi @ Delta.T + lamda * W

    yhat = L.argmax(axis=0)
    return J, grad, yhat


def _check(h=1e-5):
    """Directional derivative against <grad, V>."""
    rng = np.random.default_rng()
    W, X, V = rng.normal(size=(4, 3)), rng.normal(size=(8, 4)), rng.normal(size=(4, 3))
    T = np.eye(3)[rng.integers(3, size=8)]
    f = lambda t: softmax_classifier(W + t * V, X, T, 0.7)[0]
    return (f(h) - f(-h)) / (2 * h) - inner(softmax_classifier(W, X, T, 0.7)[1], V)


if __name__ == "__main__":
    print(_check())
