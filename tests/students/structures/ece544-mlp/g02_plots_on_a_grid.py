"""Multi-layer perceptron of any depth with ReLU, sigmoid or tanh, trained with mini-batches and momentum."""

import numpy as np


def activate(z, act):
    """The activation, entry by entry."""
    if act == "relu":
        return np.maximum(z, 0)
    if act == "tanh":
        return np.tanh(z)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def forward(X, params, act):
    """Probabilities (N, C), and for backward: each layer's input, the parameters, the activation."""
    layers = len(params) // 2
    inputs, pre = [X], []
    for i in range(1, layers + 1):
        pre.append(inputs[-1] @ params[f"W{i}"] + params[f"b{i}"])
        if i < layers:
            inputs.append(activate(pre[-1], act))
    e = np.exp(pre[-1] - pre[-1].max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return probs, (inputs, pre, probs, params, act)


def backward(cache, T):
    """The gradients of the average negative log likelihood, under the parameters' names."""
    inputs, pre, probs, params, act = cache
    delta = (probs - T) / len(T)
    grads = {}
    for i in range(len(inputs), 0, -1):
        grads[f"W{i}"] = inputs[i - 1].T @ delta
        grads[f"b{i}"] = delta.sum(axis=0, keepdims=True)
        if i > 1:
            a, z = inputs[i - 1], pre[i - 2]
            slope = {"relu": z > 0, "sigmoid": a * (1 - a), "tanh": 1 - a**2}[act]
            delta = (delta @ params[f"W{i}"].T) * slope
    return grads


def predict(X, params, act):
    """The most probable class of each row: (N,)."""
    return forward(X, params, act)[0].argmax(axis=1)


def confusion_matrix(y, yhat, K):
    """Counts (K, K): rows true, columns predicted."""
    counts = np.zeros((K, K), dtype=int)
    for true, predicted in zip(y, yhat, strict=True):
        counts[true, predicted] += 1
    return counts


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    """v = momentum v + lr gradient, w = w - v on shuffled mini-batches; (Xv, yv) would serve early stopping."""
    hidden = (hidden,) if np.isscalar(hidden) else tuple(hidden)
    sizes = (X.shape[1], *hidden, int(max(y.max(), yv.max())) + 1)
    T = np.eye(sizes[-1])[y]
    params = {}
    for i in range(1, len(sizes)):
        variance = 2 / sizes[i - 1] if act == "relu" else 2 / (sizes[i - 1] + sizes[i])
        params[f"W{i}"] = rng.normal(0, np.sqrt(variance), (sizes[i - 1], sizes[i]))
        params[f"b{i}"] = np.zeros((1, sizes[i]))
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            grads = backward(forward(X[rows], params, act)[1], T[rows])
            for name in params:
                velocity[name] = momentum * velocity[name] + lr * grads[name]
                params[name] = params[name] - velocity[name]
    return params


def tdnn1d(x, w, b):
    """out[n, h, t] = b[h] + the sum over d and k of w[h, d, k] x[n, d, t + k]."""
    width = w.shape[2]
    places = x.shape[2] - width + 1
    out = np.zeros((len(x), len(w), places)) + b[:, None]
    for k in range(width):
        out += np.einsum("ndt,hd->nht", x[:, :, k : k + places], w[:, :, k])
    return out


def tdnn1d_backward(dout, x, w):
    """The derivatives by x, w and b."""
    width, places = w.shape[2], dout.shape[2]
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for k in range(width):
        dx[:, :, k : k + places] += np.einsum("nht,hd->ndt", dout, w[:, :, k])
        dw[:, :, k] = np.einsum("nht,ndt->hd", dout, x[:, :, k : k + places])
    db = dout.sum(axis=(0, 2))
    return dx, dw, db


def decision_boundary(params, act):
    """For my report: which class where on the spiral."""
    import matplotlib.pyplot as plt
    xx, yy = np.mgrid[-1.2:1.2:200j, -1.2:1.2:200j]
    plt.contourf(xx, yy, predict(np.c_[xx.ravel(), yy.ravel()], params, act).reshape(xx.shape))
