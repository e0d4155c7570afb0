from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple, Protocol, TypeAlias, TypedDict, TypeVar, cast, overload

import numpy as np
import numpy.typing as npt

__all__: Final = ("forward", "backward", "predict", "confusion_matrix", "train", "tdnn1d", "tdnn1d_backward")

Float: TypeAlias = npt.NDArray[np.float64]
Int: TypeAlias = npt.NDArray[np.int64]
Act: TypeAlias = Literal["relu", "sigmoid", "tanh"]
Params: TypeAlias = dict[str, Float]
S = TypeVar("S", float, Float)


class Activation(Protocol):
    def __call__(self, z: Float, /) -> Float: ...


class Pair(TypedDict):
    f: Activation
    df: Activation


class Layer(NamedTuple):
    input: Annotated[Float, "N, D"]
    output: Annotated[Float, "N, H"]
    W: Annotated[Float, "D, H"]


class Cache(NamedTuple):
    layers: tuple[Layer, ...]
    probs: Float
    act: Act


@overload
def sigmoid(z: float) -> float: ...
@overload
def sigmoid(z: Float) -> Float: ...
def sigmoid(z: float | Float) -> float | Float:
    return 0.5 * (1.0 + np.tanh(0.5 * z))


TABLE: Final[Mapping[Act, Pair]] = {
    "relu": Pair(f=lambda z: np.maximum(z, 0.0), df=lambda a: (a > 0).astype(float)),
    "sigmoid": Pair(f=sigmoid, df=lambda a: a * (1.0 - a)),
    "tanh": {"f": np.tanh, "df": lambda a: 1.0 - a * a},
}


def softmax(z: Float) -> Float:
    e: Float = np.exp(z - z.max(axis=1, keepdims=True))
    return cast(Float, e / e.sum(axis=1, keepdims=True))


def forward(X: Float, params: Params, act: Act) -> tuple[Float, Cache]:
    depth: Final = len(params) // 2
    a, layers = X, list[Layer]()
    for i in range(1, depth + 1):
        z = a @ params[f"W{i}"] + params[f"b{i}"]
        out = softmax(z) if i == depth else TABLE[act]["f"](z)
        layers.append(Layer(a, out, params[f"W{i}"]))
        a = out
    return a, Cache(tuple(layers), a, act)


def backward(cache: Cache, T: Float) -> Params:
    delta = (cache.probs - T) / len(T)
    grads: Params = {}
    for i, layer in reversed(list(enumerate(cache.layers, start=1))):
        grads |= {f"W{i}": layer.input.T @ delta, f"b{i}": delta.sum(axis=0, keepdims=True)}
        if i > 1:
            delta = delta @ layer.W.T * TABLE[cache.act]["df"](layer.input)
    return grads


def predict(X: Float, params: Params, act: Act) -> Int:
    probs, _ = forward(X, params, act)
    return probs.argmax(axis=1)


def confusion_matrix(y: Int, yhat: Int, K: int) -> Int:
    return np.bincount(np.ravel_multi_index((y, yhat), (K, K)), minlength=K * K).reshape(K, K)


def epochs_of(n: int, size: int, rng: np.random.Generator) -> Iterator[Int]:
    order = rng.permutation(n)
    yield from (order[s : s + size] for s in range(0, n, size))


def train(
    X: Float,
    y: Int,
    Xv: Float,
    yv: Int,
    hidden: int | tuple[int, ...],
    act: Act,
    rng: np.random.Generator,
    lr: float = 0.1,
    momentum: float = 0.9,
    batch_size: int = 32,
    epochs: int = 30,
) -> Params:
    match hidden:
        case tuple() | list():
            widths = [*hidden]
        case _:
            widths = [int(hidden)]
    K = int(max(y.max(), yv.max())) + 1
    T = np.identity(K)[y]
    params: Params = {}
    for i, (m, n) in enumerate(zip([X.shape[1], *widths], [*widths, K]), start=1):
        params[f"W{i}"] = rng.normal(size=(m, n)) * np.sqrt(2 / m if act == "relu" else 2 / (m + n))
        params[f"b{i}"] = np.zeros((1, n))
    velocity: dict[str, Any] = dict.fromkeys(params, 0.0)
    for _ in range(epochs):
        for rows in epochs_of(len(X), batch_size, rng):
            grads = backward(forward(X[rows], params, act)[1], T[rows])
            velocity = {k: momentum * velocity[k] + lr * grads[k] for k in params}
            params = {k: params[k] - velocity[k] for k in params}
    return params


def tdnn1d(x: Float, w: Float, b: Float) -> Float:
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    return np.einsum("ndtk,hdk->nht", windows, w) + b[None, :, None]


def tdnn1d_backward(dout: Float, x: Float, w: Float) -> tuple[Float, Float, Float]:
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
    dx = np.zeros_like(x)
    for t in range(dout.shape[2]):
        dx[:, :, t : t + w.shape[2]] += np.einsum("nh,hdk->ndk", dout[:, :, t], w)
    return dx, np.einsum("nht,ndtk->hdk", dout, windows), dout.sum(axis=(0, 2))
