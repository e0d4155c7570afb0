"""forward returns functions: the cache is the list of pullbacks, and backward only calls them."""
from functools import partial, reduce

import numpy as np

ACT = {}
for name, value, slope in [
    ("relu", lambda z: np.maximum(z, 0), lambda z, a: z > 0),
    ("sigmoid", lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z))), lambda z, a: a * (1 - a)),
    ("tanh", np.tanh, lambda z, a: 1 - a ** 2),
]:
    ACT[name] = (value, slope)


def activation(kind):
    value, slope = ACT[kind]

    def layer(z):
        a = value(z)
        return a, lambda delta: (delta * slope(z, a), {})

    return layer


def affine(i, W, b):
    def layer(x):
        def pull(delta):
            return delta @ W.T, {f"W{i}": x.T @ delta, f"b{i}": delta.sum(axis=0, keepdims=True)}

        return x @ W + b, pull

    return layer


def softmax_nll(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    probs = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    return probs, lambda T: ((probs - T) / T.shape[0], {})


def layers(params, act):
    depth = len(params) // 2
    for i in range(1, depth + 1):
        yield affine(i, params[f"W{i}"], params[f"b{i}"])
        yield activation(act) if i < depth else softmax_nll


def forward(X, params, act):
    def step(state, layer):
        x, pulls = state
        out, pull = layer(x)
        return out, (pull, *pulls)

    return reduce(step, layers(params, act), (X, ()))


def backward(cache, T):
    delta, grads = T, {}
    for pull in cache:
        delta, found = pull(delta)
        grads.update(found)
    return grads


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], axis=1)


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=np.int64)
    np.add.at(counts, (y, yhat), 1)
    return counts


def initial(rng, act, m, n):
    scale = {"relu": 2 / m}.get(act, 2 / (m + n))
    return rng.normal(0.0, scale ** 0.5, size=(m, n))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    hidden = tuple(np.atleast_1d(hidden).tolist())
    classes = int(max(np.max(y), np.max(yv))) + 1
    sizes = (X.shape[1],) + hidden + (classes,)
    make = partial(initial, rng, act)
    params = {}
    for i in range(len(sizes) - 1):
        params["W" + str(i + 1)] = make(sizes[i], sizes[i + 1])
        params["b" + str(i + 1)] = np.zeros((1, sizes[i + 1]))
    velocity = {k: np.zeros(v.shape) for k, v in params.items()}
    targets = np.eye(classes)[y]
    for epoch in range(epochs):
        order = rng.permutation(X.shape[0])
        for rows in np.array_split(order, -(-len(order) // batch_size)):
            probs, cache = forward(X[rows], params, act)
            for k, g in backward(cache, targets[rows]).items():
                velocity[k] = momentum * velocity[k] + lr * g
                params[k] = params[k] - velocity[k]
    return params


# ---- Part III
def tdnn1d(x, w, b):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)  # n d t k
    return np.einsum("ndtk,hdk->nht", windows, w, optimize=True) + np.asarray(b).reshape(1, -1, 1)


def tdnn1d_backward(dout, x, w):
    width = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, width, axis=2)
    padded = np.pad(dout, ((0, 0), (0, 0), (width - 1, width - 1)))
    turned = np.lib.stride_tricks.sliding_window_view(padded, width, axis=2)  # n h s k', k' = W-1-k
    dx = np.einsum("nhsk,hdk->nds", turned, w[:, :, ::-1], optimize=True)
    dw = np.einsum("nht,ndtk->hdk", dout, windows, optimize=True)
    return dx, dw, dout.sum(axis=(0, 2))
