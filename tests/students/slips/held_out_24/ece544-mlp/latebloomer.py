import numpy as np


def activation(z, act):
    a = np.zeros(z.shape)
    if act == "relu":
        for i in range(z.shape[0]):
            a[i] = np.maximum(z[i], 0)
    elif act == "sigmoid":
        a = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    else:
        # a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        a = np.tanh(z)
    return a


def forward(X, params, act):
    L = len(params) // 2
    zs = []
    activations = [X]
    a = X
    for l in range(1, L):
        z = a.dot(params["W" + str(l)]) + params["b" + str(l)]
        a = activation(z, act)
        zs.append(z)
        activations.append(a)
    z = a.dot(params["W" + str(L)]) + params["b" + str(L)]
    zs.append(z)
    probs = np.zeros(z.shape)
    for i in range(z.shape[0]):
        e = np.exp(z[i] - np.max(z[i]))
        probs[i] = e / np.sum(e)
    cache = {"zs": zs, "as": activations, "probs": probs, "act": act, "L": L}
    for l in range(1, L + 1):
        cache["W" + str(l)] = params["W" + str(l)].copy()
    return probs, cache


def backward(cache, T):
    L = cache["L"]
    act = cache["act"]
    zs = cache["zs"]
    probs = cache["probs"]
    N = T.shape[0]
    grads = {}
    delta = np.zeros(probs.shape)
    for i in range(N):
        delta[i] = (probs[i] - T[i]) / N
    l = L
    while l >= 1:
        a_prev = cache["as"][l - 1]
        # dW = np.zeros((a_prev.shape[1], delta.shape[1]))
        # for i in range(N):
        #     dW += np.outer(a_prev[i], delta[i])
        dW = a_prev.T.dot(delta)
        db = np.zeros((1, delta.shape[1]))
        for i in range(N):
            db = db + delta[i]
        grads["W" + str(l)] = dW
        grads["b" + str(l)] = db
        if l > 1:
            W = cache["W" + str(l)]
            delta = delta.dot(W.T)
            if act == "relu":
                delta[zs[l - 2] <= 0] = 0
            if act == "sigmoid":
                delta = delta * a_prev * (1 - a_prev)
            if act == "tanh":
                delta = delta * (1 - a_prev * a_prev)
        l -= 1
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    out = []
    for i in range(X.shape[0]):
        best = 0
        for k in range(probs.shape[1]):
            if probs[i, k] > probs[i, best]:
                best = k
        out.append(best)
    return np.array(out)


def confusion_matrix(y, yhat, K):
    m = np.zeros((K, K), dtype=int)
    for i in range(len(y)):
        m[y[i]][yhat[i]] += 1
    # print(m)
    return m


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N = X.shape[0]
    D = X.shape[1]
    K = len(set(list(y) + list(yv)))
    K = max(K, int(np.max(y)) + 1)
    if isinstance(hidden, (tuple, list)):
        sizes = [D] + list(hidden) + [K]
    else:
        sizes = [D, int(hidden), K]
    T = np.zeros((N, K))
    for i in range(N):
        T[i, y[i]] = 1
    params = {}
    v = {}
    for l in range(1, len(sizes)):
        fan_in = sizes[l - 1]
        fan_out = sizes[l]
        if act == "relu":
            std = np.sqrt(2 / fan_in)
        else:
            std = np.sqrt(2 / (fan_in + fan_out))
        params["W" + str(l)] = rng.normal(0, std, (fan_in, fan_out))
        params["b" + str(l)] = np.zeros((1, fan_out))
        v["W" + str(l)] = np.zeros((fan_in, fan_out))
        v["b" + str(l)] = np.zeros((1, fan_out))
    idx = np.arange(N)
    for epoch in range(epochs):
        rng.shuffle(idx)
        n_batches = int(np.ceil(N / batch_size))
        for b in range(n_batches):
            sel = idx[b * batch_size:(b + 1) * batch_size]
            probs, cache = forward(X[sel], params, act)
            # loss = -np.sum(T[sel] * np.log(probs)) / len(sel)
            grads = backward(cache, T[sel])
            for key in grads:
                v[key] = momentum * v[key] + lr * grads[key]
                params[key] = params[key] - v[key]
        # acc = np.mean(predict(Xv, params, act) == yv)
        # print(epoch, acc)
    return params
