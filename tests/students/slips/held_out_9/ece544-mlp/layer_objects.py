"""One Layer object per layer that remembers its own input and output, the way PyTorch modules are written."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def squash(z, act):
    """The hidden activation, entry by entry."""
    if act == "relu":
        return np.where(z > 0, z, 0.0)
    if act == "sigmoid":
        # same as 1 / (1 + exp(-z)), but tanh never overflows
        return 0.5 * (1 + np.tanh(z / 2))
    return np.tanh(z)


def slope(a, act):
    """Derivative of the activation, written with its value a."""
    if act == "relu":
        return (a > 0).astype(float)
    if act == "sigmoid":
        return a * (1 - a)
    return 1 - a**2


def softmax(logits):
    """Row-wise softmax."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Layer:
    """inputs @ weight + bias, then the activation (None for the output layer)."""

    def __init__(self, weight, bias, act):
        self.weight = weight
        self.bias = bias
        self.act = act

    def forward(self, inputs):
        """Remember what went in and what comes out, backward needs both."""
        self.inputs = inputs
        z = inputs @ self.weight + self.bias
        self.out = z if self.act is None else squash(z, self.act)
        return self.out

    def backward(self, d_out):
        """Gradient by the output -> gradients by the input, the weight and the bias."""
        d_z = d_out
        if self.act is not None:
            d_z = d_out * slope(self.out, self.act)
        d_weight = self.inputs.T @ d_z
        d_bias = d_z.sum(axis=0, keepdims=True)
        return d_z @ self.weight.T, d_weight, d_bias


def forward(X, params, act):
    """Probabilities (N, C) and the list of layers with the probabilities as cache."""
    depth = len(params) // 2
    layers = []
    h = X
    for i in range(1, depth + 1):
        layer = Layer(params[f"W{i}"], params[f"b{i}"], act if i < depth else None)
        h = layer.forward(h)
        layers.append(layer)
    probs = softmax(h)
    return probs, (layers, probs)


def backward(cache, T):
    """Walk back through the layers, last one first."""
    layers, probs = cache
    grads = {}
    # softmax and NLL together, mean over the batch
    d = (probs - T) / T.shape[0]
    for i in range(len(layers), 0, -1):
        d, grads[f"W{i}"], grads[f"b{i}"] = layers[i - 1].backward(d)
    return grads


def predict(X, params, act):
    """Most probable class of every row."""
    probs, _ = forward(X, params, act)
    return probs.argmax(axis=1)


def confusion_matrix(y, yhat, K):
    """Every pair (true, predicted) becomes one number, and bincount counts these."""
    pairs = K * np.ravel(y) + np.ravel(yhat)
    return np.bincount(pairs, minlength=K * K).reshape(K, K)


def init_params(sizes, act, rng):
    """He for ReLU, Glorot for the others; zero biases."""
    params = {}
    for i, (fan_in, fan_out) in enumerate(zip(sizes[:-1], sizes[1:]), start=1):
        if act == "relu":
            std = np.sqrt(2 / fan_in)
        else:
            std = np.sqrt(2 / (fan_in + fan_out))
        params[f"W{i}"] = std * rng.standard_normal((fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out))
    return params


def batches(n, size, rng):
    """Shuffled row numbers in pieces of `size`, the rest comes last."""
    order = rng.permutation(n)
    return np.split(order, range(size, n, size))


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    """Mini-batch SGD with momentum."""
    hidden = [hidden] if np.ndim(hidden) == 0 else list(hidden)
    classes = int(max(np.max(y), np.max(yv))) + 1
    targets = np.zeros((len(y), classes))
    targets[np.arange(len(y)), y] = 1

    params = init_params([X.shape[1]] + hidden + [classes], act, rng)
    velocity = {name: np.zeros(value.shape) for name, value in params.items()}
    for _ in range(epochs):
        for rows in batches(len(X), batch_size, rng):
            _, cache = forward(X[rows], params, act)
            grads = backward(cache, targets[rows])
            for name in params:
                velocity[name] = momentum * velocity[name] + lr * grads[name]
                params[name] = params[name] - velocity[name]
    return params


def tdnn1d(x, w, b):
    """Every window of x times every kernel."""
    windows = sliding_window_view(x, w.shape[2], axis=2)  # (N, D, V, W)
    return np.einsum("ndvk,hdk->nhv", windows, w) + b[:, None]


def tdnn1d_backward(dout, x, w):
    """dx is the full convolution of dout with the kernels, dw and db are plain sums."""
    width = w.shape[2]
    dw = np.einsum("nhv,ndvk->hdk", dout, sliding_window_view(x, width, axis=2))
    db = dout.sum(axis=(0, 2))
    # pad so that every time of x meets all the windows it was in
    padded = np.pad(dout, ((0, 0), (0, 0), (width - 1, width - 1)))
    dx = np.einsum("nhsk,hdk->nds", sliding_window_view(padded, width, axis=2), w[:, :, ::-1])
    return dx, dw, db
