"""Perceptron with every intermediate value named, kept in a dictionary, and checked."""

import numpy as np

ACTS = ("relu", "sigmoid", "tanh")


def check(array, shape, what):
    assert array.shape == tuple(shape), f"{what} has shape {array.shape}, should have {tuple(shape)}"
    assert np.isfinite(array).all(), f"{what} is not finite"


def n_layers(params):
    n = len([name for name in params if name.startswith("W")])
    assert 2 * n == len(params)
    return n


def activation(Z, act):
    assert act in ACTS, act
    if act == "relu":
        A = Z.copy()
        A[Z < 0] = 0
    elif act == "sigmoid":
        small = np.exp(-np.abs(Z))
        A = np.where(Z >= 0, 1 / (1 + small), small / (1 + small))
    else:
        A = np.tanh(Z)
    assert A.shape == Z.shape
    return A


def activation_slope(Z, A, act):
    if act == "relu":
        slope = np.zeros(Z.shape)
        slope[Z > 0] = 1
    elif act == "sigmoid":
        slope = A * (1 - A)
    else:
        slope = 1 - A**2
    assert slope.shape == Z.shape
    return slope


def forward(X, params, act):
    N = X.shape[0]
    L = n_layers(params)
    cache = {"A0": X.copy(), "L": L, "act": act}
    for i in range(1, L + 1):
        W = params[f"W{i}"]
        b = params[f"b{i}"]
        A_prev = cache[f"A{i - 1}"]
        Z = np.dot(A_prev, W) + b
        check(Z, (N, W.shape[1]), f"Z{i}")
        cache[f"Z{i}"] = Z
        cache[f"W{i}"] = W.copy()
        if i < L:
            cache[f"A{i}"] = activation(Z, act)
    logits = cache[f"Z{L}"]
    row_max = logits.max(axis=1).reshape(N, 1)
    exps = np.exp(logits - row_max)
    row_sum = exps.sum(axis=1).reshape(N, 1)
    probs = exps / row_sum
    assert np.allclose(probs.sum(axis=1), 1)
    cache["probs"] = probs.copy()
    return probs, cache


def backward(cache, T):
    L = cache["L"]
    N = T.shape[0]
    probs = cache["probs"]
    check(T, probs.shape, "T")
    grads = {}
    delta = probs - T
    delta = delta / N
    for i in range(L, 0, -1):
        A_prev = cache[f"A{i - 1}"]
        dW = np.dot(A_prev.T, delta)
        db = np.sum(delta, axis=0).reshape(1, -1)
        check(dW, cache[f"W{i}"].shape, f"dW{i}")
        grads[f"W{i}"] = dW
        grads[f"b{i}"] = db
        if i > 1:
            dA_prev = np.dot(delta, cache[f"W{i}"].T)
            slope = activation_slope(cache[f"Z{i - 1}"], A_prev, cache["act"])
            delta = dA_prev * slope
            check(delta, A_prev.shape, f"delta{i - 1}")
            del dA_prev, slope
    assert len(grads) == 2 * L
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    del cache
    classes = np.argmax(probs, axis=1)
    assert classes.shape == (X.shape[0],)
    return classes


def confusion_matrix(y, yhat, K):
    assert len(y) == len(yhat)
    counts = np.zeros((K, K), dtype=int)
    for i in range(len(y)):
        row = y[i]
        column = yhat[i]
        counts[row, column] += 1
    assert counts.shape == (K, K)
    return counts


def one_hot(y, K):
    T = np.zeros((len(y), K))
    for i, label in enumerate(y):
        T[i, label] = 1
    assert np.all(T.sum(axis=1) == 1)
    return T


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N, D = X.shape
    K = int(max(np.max(y), np.max(yv))) + 1
    if isinstance(hidden, (int, np.integer)):
        hidden_sizes = [int(hidden)]
    else:
        hidden_sizes = [int(h) for h in hidden]
    sizes = [D] + hidden_sizes + [K]
    L = len(sizes) - 1
    T = one_hot(y, K)

    # first weights
    params = {}
    velocity = {}
    for i in range(1, L + 1):
        fan_in = sizes[i - 1]
        fan_out = sizes[i]
        if act == "relu":
            std = np.sqrt(2.0 / fan_in)
        else:
            std = np.sqrt(2.0 / (fan_in + fan_out))
        params[f"W{i}"] = rng.normal(0.0, std, size=(fan_in, fan_out))
        params[f"b{i}"] = np.zeros((1, fan_out))
        velocity[f"W{i}"] = np.zeros((fan_in, fan_out))
        velocity[f"b{i}"] = np.zeros((1, fan_out))

    # epochs
    n_batches = -(-N // batch_size)
    for epoch in range(epochs):
        order = rng.permutation(N)
        seen = 0
        for number in range(n_batches):
            rows = order[number * batch_size : (number + 1) * batch_size]
            X_batch = X[rows]
            T_batch = T[rows]
            probs, cache = forward(X_batch, params, act)
            grads = backward(cache, T_batch)
            for name in sorted(params):
                check(grads[name], params[name].shape, name)
                velocity[name] = momentum * velocity[name] + lr * grads[name]
                params[name] = params[name] - velocity[name]
            seen += len(rows)
            del probs, cache, grads
        assert seen > 0
    return params
