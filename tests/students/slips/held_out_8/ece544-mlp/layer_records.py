"""One record a layer in the cache, log-softmax, the sigmoid by tanh, a while loop over batches, one over times."""

import numpy as np


def activation(Z, act):
    if act == "relu":
        return np.maximum(Z, 0.0)
    if act == "sigmoid":
        # 1 / (1 + exp(-z)) written with tanh, which never overflows
        return 0.5 * (1.0 + np.tanh(0.5 * Z))
    if act == "tanh":
        return np.tanh(Z)
    raise ValueError("unknown activation: " + str(act))


def slope(Z, A, act):
    """act'(Z); A = act(Z) is there already, so sigmoid and tanh need no exp here."""
    if act == "relu":
        return np.where(Z > 0, 1.0, 0.0)
    if act == "sigmoid":
        return A * (1.0 - A)
    return 1.0 - A ** 2


def softmax(Z):
    # log of the softmax first, then exp
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    log_norm = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    return np.exp(shifted - log_norm)


def forward(X, params, act):
    L = len(params) // 2
    layers = []
    A = X
    for i in range(1, L + 1):
        W = params["W%d" % i]
        b = params["b%d" % i]
        A_in = A
        Z = np.dot(A_in, W) + b
        # the last layer gives the logits and has no activation
        A = activation(Z, act) if i < L else Z
        layers.append({"input": A_in, "W": W, "Z": Z, "A": A})
    probs = softmax(A)
    cache = {"layers": layers, "probs": probs, "act": act}
    return probs, cache


def backward(cache, T):
    layers = cache["layers"]
    N = T.shape[0]
    grads = {}
    # softmax and log likelihood together
    dZ = (cache["probs"] - T) / N
    for i in reversed(range(len(layers))):
        layer = layers[i]
        grads["W%d" % (i + 1)] = np.dot(layer["input"].T, dZ)
        grads["b%d" % (i + 1)] = np.sum(dZ, axis=0, keepdims=True)
        if i > 0:
            below = layers[i - 1]
            dA = np.dot(dZ, layer["W"].T)
            dZ = dA * slope(below["Z"], below["A"], cache["act"])
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y, yhat, K):
    # every pair (true, predicted) has its own number from 0 to K*K - 1, and bincount counts them
    pairs = y * K + yhat
    counts = np.bincount(pairs, minlength=K * K)
    return counts.reshape(K, K)


def init_params(sizes, act, rng):
    params = {}
    for i in range(1, len(sizes)):
        n_in, n_out = sizes[i - 1], sizes[i]
        if act == "relu":
            std = np.sqrt(2.0 / n_in)  # He
        else:
            std = np.sqrt(2.0 / (n_in + n_out))  # Glorot
        params["W%d" % i] = std * rng.standard_normal((n_in, n_out))
        params["b%d" % i] = np.zeros((1, n_out))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if np.isscalar(hidden):
        hidden = [hidden]
    N = X.shape[0]
    C = int(max(np.max(y), np.max(yv))) + 1
    T = np.zeros((N, C))
    T[np.arange(N), y] = 1.0

    params = init_params([X.shape[1]] + list(hidden) + [C], act, rng)
    velocity = {key: np.zeros_like(params[key]) for key in params}

    for epoch in range(epochs):
        # another order in every epoch; inputs and targets stay together
        perm = rng.permutation(N)
        Xs, Ts = X[perm], T[perm]
        start = 0
        while start < N:
            end = start + batch_size
            probs, cache = forward(Xs[start:end], params, act)
            grads = backward(cache, Ts[start:end])
            for key in params:
                velocity[key] = momentum * velocity[key] + lr * grads[key]
                params[key] = params[key] - velocity[key]
            start = end
    return params


def tdnn1d(x, w, b):
    N, D, L = x.shape
    H, _, width = w.shape
    V = L - width + 1
    out = np.zeros((N, H, V))
    for t in range(V):
        window = x[:, :, t:t + width]
        # (N, D, W) with (H, D, W) over units and times -> (N, H)
        out[:, :, t] = np.tensordot(window, w, axes=([1, 2], [1, 2])) + b
    return out


def tdnn1d_backward(dout, x, w):
    width = w.shape[2]
    V = dout.shape[2]
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for t in range(V):
        d_t = dout[:, :, t]
        # this place of the window saw x[:, :, t .. t + W - 1]
        dx[:, :, t:t + width] += np.tensordot(d_t, w, axes=(1, 0))
        dw += np.tensordot(d_t, x[:, :, t:t + width], axes=(0, 0))
    db = np.sum(dout, axis=(0, 2))
    return dx, dw, db
