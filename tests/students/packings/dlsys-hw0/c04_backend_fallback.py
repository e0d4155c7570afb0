# pip install cupy-cuda12x   (optional!)
import importlib
import logging
import os
import random
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
SEED = int(os.environ.get("SEED", 42))
random.seed(SEED); np.random.seed(SEED)

try:
    import torch
    torch.manual_seed(SEED)
    DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
except Exception:
    torch, DEVICE = None, "cpu"

try:
    import cupy as xp
    xp.zeros(1)
    ON_GPU = True
except Exception:  # no CUDA here
    try:
        xp = importlib.import_module("jax.numpy") if os.getenv("USE_JAX") else None
    except ImportError:
        xp = None
    ON_GPU = False
finally:
    if not ON_GPU:
        xp = np

if not hasattr(xp, "asnumpy"):
    to_host = np.asarray
else:
    to_host = xp.asnumpy

if sys.version_info >= (3, 10):
    def batches(n, size):
        """Slices in order."""
        lo = 0
        while (hi := min(lo + size, n)) > lo:
            yield slice(lo, hi)
            lo = hi
else:
    def batches(n, size):
        return (slice(i, i + size) for i in range(0, n, size))

if ON_GPU:
    from cupyx.scipy.special import softmax, logsumexp
else:
    def logsumexp(Z, axis=1, keepdims=True):
        m = Z.max(axis=axis, keepdims=True)
        s = xp.log(xp.exp(Z - m).sum(axis=axis, keepdims=True)) + m
        return s if keepdims else s.squeeze(axis)

    def softmax(Z, axis=1):
        return xp.exp(Z - logsumexp(Z, axis=axis))


def softmax_loss(Z, y):
    Zx = xp.asarray(Z)
    return float(to_host((logsumexp(Zx, keepdims=False) - Zx[xp.arange(len(y)), xp.asarray(y)]).mean()))


def _grad_logits(Z, y):
    G = softmax(Z)
    G[xp.arange(len(y)), y] -= 1
    return G / len(y)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    Xd, yd, T = xp.asarray(X), xp.asarray(y), xp.array(theta)
    for s in batches(len(X), batch):
        T -= lr * Xd[s].T @ _grad_logits(Xd[s] @ T, yd[s])
    theta[...] = to_host(T)  # back to the caller's array


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    Xd, yd = xp.asarray(X), xp.asarray(y)
    A, B = xp.array(W1), xp.array(W2)
    for s in batches(len(X), batch):
        H = xp.maximum(Xd[s] @ A, 0)
        G = _grad_logits(H @ B, yd[s])
        dA, dB = Xd[s].T @ (G @ B.T * (H > 0)), H.T @ G
        A, B = A - lr * dA, B - lr * dB
    np.copyto(W1, to_host(A))
    np.copyto(W2, to_host(B))


log.info("backend %s, device %s", xp.__name__, DEVICE)
