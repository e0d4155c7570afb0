"""MLP whose forward pass writes down the way back: each layer leaves a function of the upstream gradient."""

import numpy as np


def sigmoid(z):
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def activation(act):
    """Value and derivative, both functions of z."""
    if act == "relu":
        return lambda z: z.clip(0), lambda z: (z > 0) * 1.0
    if act == "sigmoid":
        return sigmoid, lambda z: sigmoid(z) * sigmoid(-z)
    return np.tanh, lambda z: 1 / np.cosh(np.clip(z, -300, 300)) ** 2


def linear(x, params, i, way_back):
    W, b = params[f"W{i}"], params[f"b{i}"]

    def back(upstream, grads):
        grads[f"W{i}"] = x.T @ upstream
        grads[f"b{i}"] = upstream.sum(0, keepdims=True)
        return upstream @ W.T

    way_back.append(back)
    return x @ W + b


def bend(z, act, way_back):
    value, slope = activation(act)
    way_back.append(lambda upstream, grads: upstream * slope(z))
    return value(z)


def forward(X, params, act):
    way_back, x = [], X
    last = len(params) // 2
    for i in range(1, last):
        x = bend(linear(x, params, i, way_back), act, way_back)
    scores = linear(x, params, last, way_back)
    odds = np.exp(scores - scores.max(1, keepdims=True))
    probs = odds / odds.sum(1, keepdims=True)
    return probs, (way_back, probs)


def backward(cache, T):
    way_back, probs = cache
    grads = {}
    upstream = (probs - T) / T.shape[0]
    for back in way_back[::-1]:
        upstream = back(upstream, grads)
    return grads


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], axis=1)


def confusion_matrix(y, yhat, K):
    one_hot = np.eye(K, dtype=int)
    return one_hot[y].T @ one_hot[yhat]


def start(sizes, act, rng):
    params = {}
    for i, (m, n) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{i}"] = rng.standard_normal((m, n)) * (2 / (m if act == "relu" else m + n)) ** 0.5
        params[f"b{i}"] = np.zeros((1, n))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    layers = [hidden] if isinstance(hidden, (int, np.integer)) else list(hidden)
    K = max(y.max(), yv.max()) + 1
    params = start([X.shape[1]] + layers + [K], act, rng)
    v = {key: np.zeros(value.shape) for key, value in params.items()}
    for _ in range(epochs):
        rows = rng.permutation(len(y))
        for part in np.array_split(rows, range(batch_size, len(y), batch_size)):
            _, cache = forward(X[part], params, act)
            grads = backward(cache, np.eye(K)[y[part]])
            v = {key: momentum * v[key] + lr * grads[key] for key in v}
            params = {key: params[key] - v[key] for key in params}
    return params
