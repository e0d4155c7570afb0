"""Five derivations: pure functions, windows as a sequence of frozen records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Window:
    start: int
    width: int

    @property
    def span(self) -> slice:
        return slice(self.start, self.start + self.width)

    def best(self, x: Array) -> int:
        return self.start + int(x[self.span].argmax())


@dataclass(frozen=True, slots=True)
class Tap:
    """One entry of the kernel, with its index -1, 0 or 1."""

    index: int
    weight: float

    def delayed(self, x: Array) -> Array:
        """x[i - k] at place i."""
        return shifted(x, self.index)


def windows(n: int, width: int) -> Iterator[Window]:
    yield from (Window(start, width) for start in range(n - width + 1))


def taps(w: Array) -> Iterator[Tap]:
    for index, weight in enumerate(w, start=-1):
        yield Tap(index, float(weight))


def shifted(x: Array, k: int) -> Array:
    """x moved by k places to the right, zeros moved in."""
    out = np.zeros_like(x)
    match k:
        case 0:
            out[:] = x
        case k if k > 0:
            out[k:] = x[:-k]
        case _:
            out[:k] = x[-k:]
    return out


def softmax_jacobian(z: Array) -> Array:
    p = (e := np.exp(z - z.max())) / e.sum()
    same = np.eye(p.size)
    return p[:, None] * (same - p[None, :])


def nll(yhat: Array, y: NDArray[np.integer]) -> float:
    return -float(np.log([row[label] for row, label in zip(yhat, y, strict=True)]).sum())


def nll_grad(yhat: Array, y: NDArray[np.integer]) -> Array:
    indicator = y[:, None] == np.arange(yhat.shape[1])
    return np.where(indicator, -1.0, 0.0) / np.where(indicator, yhat, 1.0)


def avg_pool1d(x: Array, W: int) -> Array:
    return np.fromiter((x[window.span].sum() / W for window in windows(x.size, W)), dtype=float)


def avg_pool1d_backward(dy: Array, n: int, W: int) -> Array:
    reached = (dy[max(0, j - W + 1) : j + 1].sum() for j in range(n))
    return np.fromiter(reached, dtype=float) / W


def max_pool1d(x: Array, W: int) -> Array:
    return np.fromiter((x[window.best(x)] for window in windows(x.size, W)), dtype=float)


def max_pool1d_backward(dy: Array, x: Array, W: int) -> Array:
    places = [window.best(x) for window in windows(x.size, W)]
    return np.bincount(places, weights=dy, minlength=x.size)


def conv1d(x: Array, w: Array) -> Array:
    return sum(tap.weight * tap.delayed(x) for tap in taps(w))


def conv1d_backward(dy: Array, x: Array, w: Array) -> tuple[Array, Array]:
    dx = sum(tap.weight * shifted(dy, -tap.index) for tap in taps(w))
    dw = np.array([dy @ tap.delayed(x) for tap in taps(w)])
    return dx, dw
