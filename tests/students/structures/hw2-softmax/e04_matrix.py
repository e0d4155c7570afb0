"""MATLAB habits: np.matrix inside, arrays outside. Extended precision for the sums, masked arrays for 0 log 0."""
import contextlib
import warnings

import numpy as np
import numpy.ma as ma

warnings.filterwarnings("ignore", category=PendingDeprecationWarning)
np.seterr(under="ignore")


@contextlib.contextmanager
def careful(**kw):
    old = np.seterr(**kw)
    try:
        yield
    finally:
        np.seterr(**old)


def _probabilities(S):
    with careful(over="raise", invalid="raise"):
        E = np.exp(S - S.max(axis=1))
        return E / E.sum(axis=1)


def softmax_classifier(W, input, label, lamda):
    M = np.matrix(W); X = np.matrix(input); T = np.asarray(label)
    n = X.shape[0]
    Z = _probabilities(X * M)
    z = np.asarray(Z)
    S = np.asarray(X * M)
    # log z directly, an entry may be as small as exp(-2000)
    top = S.max(axis=1).reshape(-1, 1)
    log_z = (S - top) - np.log(np.exp(S - top).sum(axis=1).reshape(-1, 1))
    picked = ma.masked_where(T == 0, log_z * T)
    loss = -np.longdouble(picked.sum(dtype=np.longdouble)) / n \
           + np.longdouble(lamda) / 2 * np.sum(np.asarray(M, dtype=np.longdouble) ** 2)
    G = X.T * np.matrix(z - T) / n + lamda * M
    return float(loss), G.A, np.argmax(z, axis=1).ravel()
