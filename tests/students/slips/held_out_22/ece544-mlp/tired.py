import numpy as np


def act_fun(x, act):
    if act == "relu":
        x = x * (x > 0)
    elif act == "sigmoid":
        x = 0.5 * (1 + np.tanh(x / 2))  # the other one gave overflow warnings
    elif act == "tanh":
        x = np.tanh(x)
    return x


def act_der(x, act):
    if act == "relu":
        x = (x > 0) * 1.0
    elif act == "sigmoid":
        x = act_fun(x, act)
        x = x * (1 - x)
    elif act == "tanh":
        x = np.tanh(x)
        x = 1 - x ** 2
    return x


def forward(X, params, act):
    n = int(len(params) / 2)
    cache = []
    x = X
    for i in range(1, n + 1):
        z = x.dot(params["W" + str(i)]) + params["b" + str(i)]
        cache.append([x, z, params["W" + str(i)], act])
        if i != n:
            x = act_fun(z, act)
    z = z - np.max(z, axis=1, keepdims=True)
    probs = np.exp(z)
    probs = probs / np.sum(probs, axis=1, keepdims=True)
    cache.append(probs)
    return probs, cache


def backward(cache, T):
    grads = {}
    probs = cache[-1]
    n = len(cache) - 1
    N = len(T)
    d = probs - T
    for i in range(n, 0, -1):
        x = cache[i - 1][0]
        W = cache[i - 1][2]
        act = cache[i - 1][3]
        grads["W" + str(i)] = x.T.dot(d) / N
        grads["b" + str(i)] = np.sum(d, axis=0).reshape(1, -1) / N
        if i == 1:
            break
        z = cache[i - 2][1]
        d = d.dot(W.T) * act_der(z, act)
    return grads


def predict(X, params, act):
    p, cache = forward(X, params, act)
    out = []
    for row in p:
        out.append(list(row).index(max(row)))
    return np.array(out)


def confusion_matrix(y, yhat, K):
    M = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            M[i, j] = np.sum((y == i) & (yhat == j))
    return M


def nll(probs, T):
    # only for printing
    return -np.sum(T * np.log(probs + 1e-12)) / len(T)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    try:
        hidden = [int(h) for h in hidden]
    except TypeError:
        hidden = [int(hidden)]
    K = max(np.max(y), np.max(yv)) + 1
    T = np.zeros((len(y), K))
    T[np.arange(len(y)), y] = 1
    sizes = [X.shape[1]] + hidden + [K]
    params = {}
    v = {}
    for i in range(1, len(sizes)):
        a = sizes[i - 1]
        b = sizes[i]
        s = np.sqrt(2.0 / a) if act == "relu" else np.sqrt(2.0 / (a + b))
        params["W" + str(i)] = s * rng.standard_normal((a, b))
        params["b" + str(i)] = np.zeros((1, b))
        v["W" + str(i)] = np.zeros((a, b))
        v["b" + str(i)] = np.zeros((1, b))
    for e in range(epochs):
        idx = np.arange(len(X))
        rng.shuffle(idx)
        X2 = X[idx]
        T2 = T[idx]
        i = 0
        while i < len(X):
            x = X2[i:i + batch_size]
            t = T2[i:i + batch_size]
            probs, cache = forward(x, params, act)
            grads = backward(cache, t)
            for k in params:
                v[k] = momentum * v[k] + lr * grads[k]
                params[k] = params[k] - v[k]
            i += batch_size
        # probs, cache = forward(Xv, params, act)
        # print(e, (predict(Xv, params, act) == yv).mean())
    return params
