# pyright: strict, reportMissingTypeStubs=false
# mypy: disallow-untyped-defs
from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final, Literal, NewType, Protocol, TypedDict, TypeVar, cast, overload

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from _typeshed import SupportsWrite
    from matplotlib.figure import Figure

if sys.version_info >= (3, 12):
    from typing import override
else:
    try:
        from typing_extensions import override
    except ImportError:
        def override(method, /):  # type: ignore
            return method

Float = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer]
Seconds = NewType("Seconds", float)
Mode = Literal["sum", "mean"]
LR: Final[float] = 0.1
BATCH: Final = 100
AXIS: Annotated[int, "classes"] = 1
T_co = TypeVar("T_co", covariant=True)


class Batch(TypedDict, total=True):
    x: Float
    y: Ints


class Loss(Protocol[T_co]):
    def __call__(self, Z: Float, y: Ints) -> T_co: ...


@overload
def _rows(Z: Float, y: None) -> Float: ...
@overload
def _rows(Z: Float, y: Ints) -> Float: ...
def _rows(Z: Float, y: Ints | None = None) -> Float:
    exps: Float = np.exp(Z - np.max(Z, axis=AXIS, keepdims=True))
    probs: Float = exps / np.sum(exps, axis=AXIS, keepdims=True)
    if y is None:
        return probs
    k: Final[int] = Z.shape[1]
    return cast("Float", probs - np.equal(np.arange(k)[None, :], y[:, None]))


def _batches(X: Float, y: Ints, size: int) -> Iterator[Batch]:
    at: int
    for at in range(0, X.shape[0], size):
        yield Batch(x=X[at : at + size], y=y[at : at + size])


def softmax_loss(Z: Float, y: Ints) -> np.float64:
    m: Float = Z.max(axis=AXIS, keepdims=True)
    lse: Float = np.log(np.exp(Z - m).sum(axis=AXIS)) + m.squeeze(AXIS)
    picked: Float = np.take_along_axis(Z, y.astype(np.intp)[:, None], axis=AXIS).squeeze(AXIS)
    return np.mean(lse - picked)


def softmax_regression_epoch(X: Float, y: Ints, theta: Float, lr: float = LR, batch: int = BATCH) -> None:
    for part in _batches(X, y, batch):
        n: int = part["x"].shape[0]
        theta -= lr / n * (part["x"].T @ _rows(part["x"] @ theta, part["y"]))


def nn_epoch(X: Float, y: Ints, W1: Float, W2: Float, lr: float = LR, batch: int = BATCH) -> None:
    for part in _batches(X, y, batch):
        x, n = part["x"], part["x"].shape[0]
        a: Float = np.maximum(x @ W1, 0.0)
        g2: Float = _rows(a @ W2, part["y"])
        g1: Float = (g2 @ W2.T) * (a > 0)
        W1 -= lr / n * (x.T @ g1)
        W2 -= lr / n * (a.T @ g2)


def figure(losses: list[float]) -> Figure | None: ...


reveal: Loss[np.float64] = softmax_loss
if TYPE_CHECKING:
    reveal_type(reveal)
