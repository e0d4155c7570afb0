"""Training works on ONE flat vector; the dictionary of parameters are views into it. One call per step."""
import math
import re
from functools import singledispatch

import numpy as np
from numpy.lib.stride_tricks import as_strided

_KEY = re.compile(r"^([Wb])(\d+)$")
_sigma = np.frompyfunc(lambda z: 1 / (1 + math.exp(-z)) if z >= 0 else 1 - 1 / (1 + math.exp(z)), 1, 1)
_FUNCTIONS = dict(
    relu=lambda z: np.where(z > 0, z, 0),
    sigmoid=lambda z: np.divide(1, 1 + np.exp(np.clip(-z, None, 700))),
    tanh=lambda z: (lambda m: m / (m + 2))(np.expm1(2 * np.clip(z, -20, 20))),
)
_SLOPES = dict(relu=lambda a: np.sign(a), sigmoid=lambda a: a * (1 - a), tanh=lambda a: 1 - a * a)

# the fast sigmoid is the slow one
assert all(abs(float(_sigma(v)) - float(_FUNCTIONS["sigmoid"](v))) < 1e-12 for v in (-30.0, -1.0, 0.0, 2.5))


class Layout:
    """Where in the flat vector each parameter lies."""

    _known = {}

    def __new__(cls, sizes):
        # one layout per network shape
        if sizes not in cls._known:
            self = super().__new__(cls)
            self.sizes, self.parts, self.length = sizes, {}, 0
            for i, (m, n) in enumerate(zip(sizes, sizes[1:]), 1):
                for key, shape in ((f"W{i}", (m, n)), (f"b{i}", (1, n))):
                    self.parts[key] = (slice(self.length, self.length + math.prod(shape)), shape)
                    self.length += math.prod(shape)
            cls._known[sizes] = self
        return cls._known[sizes]

    def views(self, flat):
        return {key: flat[part].reshape(shape) for key, (part, shape) in self.parts.items()}

    def flatten(self, params):
        return np.concatenate([np.ravel(params[key]) for key in self.parts])


@singledispatch
def as_tuple(hidden):
    return tuple(int(h) for h in hidden)


@as_tuple.register(int)
@as_tuple.register(np.integer)
def _(hidden):
    return (int(hidden),)


def depth(params):
    return max(int(_KEY.match(key).group(2)) for key in params)


def forward(X, params, act):
    L = depth(params)
    frames = [{"a": X}]
    for i in range(1, L + 1):
        W, b = params[f"W{i}"], params[f"b{i}"]
        z = frames[-1]["a"] @ W + b
        if i == L:
            z = z - z.max(axis=1, keepdims=True)
            a = np.exp(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))
        else:
            a = _FUNCTIONS[act](z)
        frames.append({"a": a, "W": W})
    return frames[-1]["a"], {"frames": frames, "act": act}


def backward(cache, T):
    slope, frames, grads = _SLOPES[cache["act"]], cache["frames"], {}

    def descend(i, delta):
        if i == 0:
            return grads
        a = frames[i - 1]["a"]
        grads[f"W{i}"] = np.tensordot(a, delta, axes=(0, 0))
        grads[f"b{i}"] = delta.sum(axis=0)[np.newaxis]
        return descend(i - 1, slope(a) * (delta @ frames[i]["W"].T) if i > 1 else None)

    return descend(len(frames) - 1, (frames[-1]["a"] - T) / len(T))


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    pairs = np.zeros(len(y), dtype=[("true", np.int64), ("predicted", np.int64)])
    pairs["true"], pairs["predicted"] = y, yhat
    counts = np.zeros((K, K), dtype=np.int64)
    found, how_many = np.unique(pairs, return_counts=True)
    for pair, count in zip(found, how_many):
        counts[pair["true"], pair["predicted"]] = count
    return counts


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    K = int(max(y.max(), yv.max(initial=0))) + 1
    layout = Layout((X.shape[1], *as_tuple(hidden), K))
    w = np.zeros(layout.length)
    v = np.zeros_like(w)
    params = layout.views(w)
    for key, view in params.items():
        if key[0] == "W":
            fan_in, fan_out = view.shape
            view[...] = rng.normal(0, math.sqrt(2 / (fan_in if act == "relu" else fan_in + fan_out)), view.shape)
    T = np.eye(K)[y]
    n = len(X)
    for _ in range(epochs):
        order = np.arange(n)
        rng.shuffle(order)
        for start in range(0, n, batch_size):
            rows = order[start:start + batch_size]
            g = layout.flatten(backward(forward(X[rows], params, act)[1], T[rows]))
            np.multiply(v, momentum, out=v)
            v += lr * g
            w -= v
    return {key: view.copy() for key, view in params.items()}


def _unfold(x, W):
    x = np.ascontiguousarray(x)
    n, d, L = x.shape
    s = x.strides
    return as_strided(x, (n, d, L - W + 1, W), (s[0], s[1], s[2], s[2]), writeable=False)


def tdnn1d(x, w, b):
    H, D, W = w.shape
    cols = _unfold(x, W).transpose(0, 2, 1, 3).reshape(len(x), -1, D * W)
    return (cols @ w.reshape(H, -1).T + np.ravel(b)).transpose(0, 2, 1)


def tdnn1d_backward(dout, x, w):
    H, D, W = w.shape
    V = dout.shape[2]
    cols = _unfold(x, W).transpose(0, 2, 1, 3).reshape(len(x), -1, D * W)
    dw = np.tensordot(dout, cols, axes=((0, 2), (0, 1))).reshape(w.shape)
    dcols = np.tensordot(dout, w, axes=(1, 0))  # n t d k
    dx = np.zeros(x.shape)
    for t in range(V):
        dx[:, :, t:t + W] += dcols[:, t]
    return dx, dw, np.einsum("nht->h", dout)
