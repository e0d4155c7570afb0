# ECE 544 HW2 part 2 - MLP
import numpy as np


def sigmoid(z):
    # split in two so that exp never overflows
    out = np.zeros_like(z)
    pos = z >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-z[pos]))
    ez = np.exp(z[~pos])
    out[~pos] = ez / (1.0 + ez)
    return out


def act_func(z, act):
    if act == "relu":
        return np.maximum(0, z)
    elif act == "sigmoid":
        return sigmoid(z)
    elif act == "tanh":
        return np.tanh(z)
    else:
        raise ValueError("unknown activation " + act)


def softmax(z):
    z_shift = z - np.max(z, axis=1, keepdims=True)
    exps = np.exp(z_shift)
    return exps / np.sum(exps, axis=1, keepdims=True)


def forward(X, params, act):
    L = len(params) // 2
    cache = {"params": params, "act": act, "A0": X}
    A = X
    for l in range(1, L):
        Z = np.dot(A, params["W" + str(l)]) + params["b" + str(l)]
        A = act_func(Z, act)
        cache["Z" + str(l)] = Z
        cache["A" + str(l)] = A
    # output layer, no activation, only softmax
    Z = np.dot(A, params["W" + str(L)]) + params["b" + str(L)]
    probs = softmax(Z)
    cache["probs"] = probs
    return probs, cache


def backward(cache, T):
    params = cache["params"]
    act = cache["act"]
    L = len(params) // 2
    N = T.shape[0]
    grads = {}

    dZ = (cache["probs"] - T) / N
    for l in range(L, 0, -1):
        A_prev = cache["A" + str(l - 1)]
        grads["W" + str(l)] = np.dot(A_prev.T, dZ)
        grads["b" + str(l)] = np.sum(dZ, axis=0, keepdims=True)
        if l > 1:
            dA = np.dot(dZ, params["W" + str(l)].T)
            Z = cache["Z" + str(l - 1)]
            if act == "relu":
                dZ = dA * (Z > 0)
            elif act == "sigmoid":
                dZ = dA * A_prev * (1 - A_prev)
            else:
                dZ = dA * (1 - A_prev ** 2)
    return grads


def predict(X, params, act):
    probs, _ = forward(X, params, act)
    return np.argmax(probs, axis=1)


def confusion_matrix(y, yhat, K):
    cm = np.zeros((K, K), dtype=int)
    for i in range(len(y)):
        cm[y[i], yhat[i]] += 1
    return cm


def init_params(sizes, act, rng):
    params = {}
    for l in range(1, len(sizes)):
        n_in, n_out = sizes[l - 1], sizes[l]
        if act == "relu":
            std = np.sqrt(2.0 / n_in)
        else:
            std = np.sqrt(2.0 / (n_in + n_out))
        params["W" + str(l)] = std * rng.standard_normal((n_in, n_out))
        params["b" + str(l)] = np.zeros((1, n_out))
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if isinstance(hidden, (int, np.integer)):
        hidden = [hidden]
    N = X.shape[0]
    K = max(np.max(y), np.max(yv)) + 1
    sizes = [X.shape[1]] + list(hidden) + [K]
    params = init_params(sizes, act, rng)

    # one-hot labels
    Y = np.zeros((N, K))
    Y[np.arange(N), y] = 1

    v = {}
    for key in params:
        v[key] = np.zeros(params[key].shape)

    for epoch in range(epochs):
        perm = rng.permutation(N)
        X_shuf = X[perm]
        Y_shuf = Y[perm]
        for i in range(0, N, batch_size):
            xb = X_shuf[i:i + batch_size]
            yb = Y_shuf[i:i + batch_size]
            probs, cache = forward(xb, params, act)
            grads = backward(cache, yb)
            for key in params:
                v[key] = momentum * v[key] + lr * grads[key]
                params[key] = params[key] - v[key]
    return params
