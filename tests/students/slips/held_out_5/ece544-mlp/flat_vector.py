"""All parameters in one flat vector while training, so that momentum is two lines."""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

SIG = lambda z: np.where(z > 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
F = dict(relu=lambda z: z * (z > 0), sigmoid=SIG, tanh=np.tanh)
DF = dict(relu=lambda z: (z > 0) * 1, sigmoid=lambda z: SIG(z) * SIG(-z), tanh=lambda z: 1 - np.tanh(z) ** 2)


def keys(n):
    return [c + str(i) for i in range(1, n + 1) for c in "Wb"]


def forward(X, params, act):
    n = len(params) // 2
    z, a = [None], [X]
    for i in range(1, n + 1):
        z += [a[-1] @ params[f"W{i}"] + params[f"b{i}"]]
        a += [F[act](z[-1])]
    top = z[n]
    p = np.exp(top - top.max(1)[:, None])
    p = p / p.sum(1)[:, None]
    return p, dict(z=z, a=a, p=p, params=params, act=act)


def backward(cache, T):
    z, a, params = cache["z"], cache["a"], cache["params"]
    n = len(z) - 1
    d = [None] * (n + 1)
    d[n] = (cache["p"] - T) / T.shape[0]
    for i in reversed(range(1, n)):
        d[i] = np.einsum("no,io->ni", d[i + 1], params[f"W{i + 1}"]) * DF[cache["act"]](z[i])
    g = {f"W{i}": np.einsum("ni,no->io", a[i - 1], d[i]) for i in range(1, n + 1)}
    g.update({f"b{i}": np.einsum("no->o", d[i])[None, :] for i in range(1, n + 1)})
    return g


def predict(X, params, act):
    p, _ = forward(X, params, act)
    return (p == p.max(axis=1, keepdims=True)).argmax(axis=1)


def confusion_matrix(y, yhat, K):
    return np.histogram2d(y, yhat, bins=(np.arange(K + 1) - 0.5,) * 2)[0]


def pack(d, names):
    return np.concatenate([d[k].ravel() for k in names])


def unpack(v, shapes):
    out, at = {}, 0
    for k, s in shapes.items():
        size = int(np.prod(s))
        out[k] = v[at:at + size].reshape(s)
        at += size
    return out


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = np.hstack([X.shape[1], hidden, max(y.max(), yv.max()) + 1]).astype(int)
    names = keys(len(sizes) - 1)
    shapes, first = {}, {}
    for i, (m, k) in enumerate(zip(sizes, sizes[1:]), 1):
        shapes[f"W{i}"], shapes[f"b{i}"] = (m, k), (1, k)
        first[f"W{i}"] = rng.normal(0, np.sqrt(2 / m if act == "relu" else 2 / (m + k)), (m, k))
        first[f"b{i}"] = np.zeros((1, k))
    theta = pack(first, names)
    v = np.zeros_like(theta)
    hot = np.eye(sizes[-1])[y]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for lo in range(0, len(X), batch_size):
            b = order[lo:lo + batch_size]
            _, cache = forward(X[b], unpack(theta, shapes), act)
            v = momentum * v + lr * pack(backward(cache, hot[b]), names)
            theta = theta - v
    return unpack(theta, shapes)


def tdnn1d(x, w, b):
    windows = sliding_window_view(x, w.shape[2], axis=2)      # N D V W
    return np.einsum("ndvk,hdk->nhv", windows, w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    k = w.shape[2]
    dw = np.einsum("nhv,ndvk->hdk", dout, sliding_window_view(x, k, axis=2))
    padded = np.pad(dout, ((0, 0), (0, 0), (k - 1, k - 1)))
    dx = np.einsum("nhsk,hdk->nds", sliding_window_view(padded, k, axis=2), w[:, :, ::-1])
    return dx, dw, dout.sum((0, 2))
