#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "numpy>=1.26",
#     "rich",
#     "typer",
# ]
# [tool.uv]
# exclude-newer = "2026-11-01T00:00:00Z"
# ///
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view  # not needed any more

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import perf_counter
from types import SimpleNamespace

cfg = SimpleNamespace(lr=0.1, batch=100, hidden=32)

with suppress(ImportError):
    from rich import print


@contextmanager
def stopwatch(what: str) -> Iterator[None]:
    t = perf_counter()
    yield
    print(f"{what}: {perf_counter() - t:.3f} s")


def log_softmax(Z):
    Z = Z - Z.max(1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(1, keepdims=True))


def softmax_loss(Z, y):
    return -log_softmax(Z)[np.arange(len(y)), y].mean()


def error(Z, y):
    """softmax(Z) minus one-hot, already divided by the number of rows."""
    G = np.exp(log_softmax(Z))
    np.subtract.at(G, (np.arange(len(y)), y), 1.0)
    return G / len(y)


def slices(n, batch):
    return [np.s_[i : min(i + batch, n)] for i in range(0, n, batch)]


def softmax_regression_epoch(X, y, theta, lr=cfg.lr, batch=cfg.batch):
    for s in slices(len(X), batch):
        theta -= lr * X[s].T @ error(X[s] @ theta, y[s])


def nn_epoch(X, y, W1, W2, lr=cfg.lr, batch=cfg.batch):
    for s in slices(len(X), batch):
        H = X[s] @ W1
        A = H * (H > 0)
        G = error(A @ W2, y[s])
        dW1, dW2 = X[s].T @ ((G @ W2.T) * (H > 0)), A.T @ G
        for W, dW in ((W1, dW1), (W2, dW2)):
            W -= lr * dW


with stopwatch("self test"):
    rng = np.random.default_rng(0)
    A, b, V, U = rng.normal(size=(200, 8)), rng.integers(0, 4, 200), rng.normal(size=(8, cfg.hidden)), rng.normal(size=(cfg.hidden, 4))
    for _ in range(50):
        nn_epoch(A, b, V, U, lr=0.2, batch=30)
    print("loss on noise", softmax_loss(np.maximum(A @ V, 0) @ U, b))
