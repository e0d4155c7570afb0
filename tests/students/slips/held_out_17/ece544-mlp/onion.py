"""A network as an onion of closures: a layer takes what comes after it and returns a function of its input, which
gives the probabilities and a way back. The cache is that way back, so backward does nothing but walk it.
Training keeps all parameters, and all velocities, in one long vector; the dictionaries are views of it.
"""

import numpy as np

CURVES = dict(
    relu=(lambda z: z * (z > 0), lambda z, a: np.heaviside(z, 0)),
    sigmoid=(lambda z: 0.5 + 0.5 * np.tanh(0.5 * z), lambda z, a: a - a * a),
    tanh=(np.tanh, lambda z, a: (1 + a) * (1 - a)),
)


def core():
    """Innermost: softmax, and the gradient of the average likelihood by the logits."""

    def run(z):
        q = np.exp(z - z.max(axis=1, keepdims=True))
        q /= q.sum(axis=1, keepdims=True)
        return q, lambda T, grads: (q - T) / q.shape[0]

    return run


def bend(curve, slope, inner):
    """An activation around what comes after it."""

    def run(z):
        a = curve(z)
        out, home = inner(a)
        return out, lambda T, grads: home(T, grads) * slope(z, a)

    return run


def affine(number, W, b, inner):
    """A layer of weights around what comes after it."""

    def run(a):
        out, home = inner(a @ W + b)

        def back(T, grads):
            g = home(T, grads)
            grads[f"W{number}"] = a.T @ g
            grads[f"b{number}"] = np.ones((1, len(g))) @ g
            return g @ W.T

        return out, back

    return run


def forward(X, params, act):
    net = core()
    for number in range(len(params) // 2, 0, -1):
        net = affine(number, params[f"W{number}"], params[f"b{number}"], net)
        if number > 1:
            net = bend(*CURVES[act], net)
    return net(X)


def backward(cache, T):
    grads = {}
    cache(T, grads)
    return grads


def predict(X, params, act):
    return np.argsort(-forward(X, params, act)[0], axis=1, kind="stable")[:, 0]


def confusion_matrix(y, yhat, K):
    cells = K * np.asarray(y, dtype=np.int64) + yhat
    return np.bincount(cells, minlength=K * K).reshape(K, K)


def views(long, sizes):
    """The dictionary of parameters, as windows of one vector."""
    at, found = 0, {}
    for number, (before, after) in enumerate(zip(sizes, sizes[1:]), 1):
        for letter, shape in (("W", (before, after)), ("b", (1, after))):
            end = at + shape[0] * shape[1]
            found[f"{letter}{number}"] = long[at:end].reshape(shape)
            at = end
    return found


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = (X.shape[1], *np.ravel(hidden).tolist(), 1 + max(y.max(), yv.max()))
    long = np.zeros(sum((before + 1) * after for before, after in zip(sizes, sizes[1:])))
    params = views(long, sizes)
    for name, value in params.items():
        if name.startswith("W"):
            before, after = value.shape
            value[:] = rng.normal(size=value.shape) * np.sqrt(2 / (before + after * (act != "relu")))
    velocity = np.zeros_like(long)
    labels = np.identity(sizes[-1])
    pieces = -(-len(X) // batch_size)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for rows in np.array_split(order, pieces):
            _, home = forward(X[rows], params, act)
            grads = backward(home, labels[y[rows]])
            step = np.concatenate([grads[name].ravel() for name in params])
            velocity *= momentum
            velocity += lr * step
            long -= velocity
    return params


def tdnn1d(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)  # n d t k
    return np.tensordot(windows, w, axes=((1, 3), (1, 2))).transpose(0, 2, 1) + b.reshape(1, -1, 1)


def tdnn1d_backward(dout, x, w):
    W = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, W, axis=2)
    dw = np.tensordot(dout, windows, axes=((0, 2), (0, 2)))
    padded = np.pad(dout, ((0, 0), (0, 0), (W - 1, W - 1)))
    dx = tdnn1d(padded, w[:, :, ::-1].transpose(1, 0, 2), np.zeros(x.shape[1]))
    return dx, dw, dout.sum(axis=2).sum(axis=0)
