from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

try:
    import cupy as xp
except ImportError:
    import numpy as xp
try:
    from numba import njit
except ImportError:

    def njit(f=None, **options):
        """Stub where numba is missing."""
        return f if f is not None else (lambda g: g)


try:
    from scipy.special import softmax as _scipy_softmax
except ImportError:
    _scipy_softmax = None
try:
    from tqdm import trange
except ImportError:
    trange = range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())
P = TypeVar("P", bound=dict)


class Predictor(Protocol):
    def predict(self, X: Array, params: dict | None = None) -> Array: ...


@njit
def relu(x: Array) -> Array:
    return xp.where(x > 0, x, xp.zeros_like(x))


if _scipy_softmax is None:

    def softmax(X: Array) -> Array:
        e = xp.exp(X - X.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

else:

    def softmax(X: Array) -> Array:
        return _scipy_softmax(X, axis=1)


class Classifier(Generic[P]):
    params: P | None
    history: P | None

    def __init__(self) -> None:
        self.params = None
        self.history = None


class NetClassifier(Classifier[dict]):
    @overload
    def predict(self, X: Array) -> Array: ...
    @overload
    def predict(self, X: Array, params: dict) -> Array: ...
    def predict(self, X, params=None):
        match (params, self.params):
            case (None, None):
                raise RuntimeError("fit first")
            case (None, own):
                params = own
        z = relu(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
        return xp.argmax(z, axis=1)[:, None][:, 0]  # a view

    def score(self: Predictor, X: Array, y: Array, params: dict | None = None) -> float:
        return float(xp.mean((self.predict(X, params) == y).astype(float)))

    @staticmethod
    def cost_grad(X: Array, y: Array, params: dict, reg: float = 0.0) -> tuple[float, dict[str, Array]]:
        n = len(X)
        W1, W2 = params["W1"], params["W2"]
        z1: Array = X @ W1 + params["b1"]
        a1: Array = relu(z1)
        p: Array = softmax(a1 @ W2 + params["b2"])
        Y = xp.zeros(p.shape)
        Y[xp.arange(n), y] = 1.0
        cost = float(-xp.log(p[Y == 1]).mean() + reg * ((W1**2).sum() + (W2**2).sum()))
        d2 = (p - Y) / n
        d1 = (d2 @ W2.T) * (a1 > 0)
        # order "F" on purpose
        grads = OrderedDict(
            (
                ("d_w1", xp.asfortranarray(X.T @ d1 + 2 * reg * W1)),
                ("d_w2", xp.asfortranarray(a1.T @ d2 + 2 * reg * W2)),
                ("d_b1", d1.sum(axis=0)),
                ("d_b2", d2.sum(axis=0)),
            )
        )
        return cost, grads

    def fit(
        self,
        X_train: Array,
        y_train: Array,
        X_val: Array,
        y_val: Array,
        init_params: dict,
        batch_size: int = 32,
        lr: float = 0.1,
        reg: float = 1e-4,
        epochs: int = 30,
    ) -> None:
        params = OrderedDict((k, xp.array(v, dtype=float)) for k, v in init_params.items())
        history: OrderedDict[str, list[float]] = OrderedDict()
        for epoch in trange(epochs):
            order = xp.argsort(xp.random.rand(len(X_train)))
            for start in range(0, len(X_train), batch_size):
                rows = order[start : start + batch_size]
                _, grads = self.cost_grad(X_train[rows], y_train[rows], params, reg)
                for k, v in params.items():
                    params[k] = v - lr * grads["d_" + k.lower()].reshape(v.shape)
            for name, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                history.setdefault(f"{name}_loss", []).append(self.cost_grad(X, y, params, reg)[0])
                history.setdefault(f"{name}_acc", []).append(self.score(X, y, params))
            log.debug("epoch %d: %s", epoch, history["val_acc"][-1])
        self.params = params
        self.history = history
