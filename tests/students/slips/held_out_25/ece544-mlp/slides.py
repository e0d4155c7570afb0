import numpy as np


# slide 6
def g(Z, act):
    if act == "relu":
        return np.maximum(0, Z)
    if act == "sigmoid":
        return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    if act == "tanh":
        return np.tanh(Z)
    raise ValueError(act)


# slide 7
def g_prime(Z, act):
    if act == "relu":
        return (Z > 0) * 1.0
    if act == "sigmoid":
        A = g(Z, "sigmoid")
        return A * (1 - A)
    if act == "tanh":
        return 1 - np.tanh(Z) ** 2
    raise ValueError(act)


# slide 8, columns are examples
def softmax(Z):
    Z = Z - np.max(Z, axis=0)
    return np.exp(Z) / np.sum(np.exp(Z), axis=0)


def forward(X, params, act):
    L = len(params) // 2
    A = {0: X.T}
    Z = {}
    W = {}
    for l in range(1, L + 1):
        W[l] = params["W" + str(l)].T  # slide 10: W is (units, inputs)
        b = np.reshape(params["b" + str(l)], (-1, 1))
        Z[l] = W[l] @ A[l - 1] + b  # slide 11
        if l < L:
            A[l] = g(Z[l], act)  # slide 12
        else:
            A[l] = softmax(Z[l])  # slide 12
    return A[L].T, (A, Z, W, L, act)


def backward(cache, T):
    A, Z, W, L, act = cache
    Y = T.T
    m = Y.shape[1]
    grads = {}
    dZ = A[L] - Y  # slide 16
    for l in range(L, 0, -1):
        dW = (1 / m) * dZ @ A[l - 1].T  # slide 17
        db = (1 / m) * np.sum(dZ, axis=1, keepdims=True)  # slide 17
        grads["W" + str(l)] = dW.T
        grads["b" + str(l)] = db.T
        if l > 1:
            dA = W[l].T @ dZ  # slide 18
            dZ = dA * g_prime(Z[l - 1], act)  # slide 18
    return grads


def predict(X, params, act):
    P, _ = forward(X, params, act)
    A = P.T
    return np.argmax(A, axis=0)


def confusion_matrix(y, yhat, K):
    # slide 30: C_ij = number of examples of class i that were predicted as j
    C = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            C[i, j] = np.sum((y == i) & (yhat == j))
    return C


def one_hot(y, K):
    Y = np.zeros((K, y.size))
    Y[y, np.arange(y.size)] = 1
    return Y


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    m = X.shape[0]
    K = max(y.max(), yv.max()) + 1
    n = [X.shape[1]] + list(np.atleast_1d(hidden)) + [K]
    # slide 22
    params = {}
    v = {}
    for l in range(1, len(n)):
        sigma = np.sqrt(2 / n[l - 1]) if act == "relu" else np.sqrt(2 / (n[l - 1] + n[l]))
        params["W" + str(l)] = sigma * rng.normal(size=(n[l - 1], n[l]))
        params["b" + str(l)] = np.zeros((1, n[l]))
        v["W" + str(l)] = 0
        v["b" + str(l)] = 0
    for epoch in range(epochs):
        # slide 24: shuffle
        pi = rng.permutation(m)
        Xs = X[pi]
        Ys = one_hot(y[pi], K).T
        # slide 25: mini-batches
        for t in range(0, m, batch_size):
            P, cache = forward(Xs[t:t + batch_size], params, act)
            grads = backward(cache, Ys[t:t + batch_size])
            for name in grads:
                v[name] = momentum * v[name] + lr * grads[name]  # slide 26
                params[name] = params[name] - v[name]  # slide 27
    return params
