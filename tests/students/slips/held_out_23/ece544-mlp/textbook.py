import numpy as np


def relu(z):
    return np.where(z > 0, z, 0.0)


def relu_prime(z, a):
    return np.where(z > 0, 1.0, 0.0)


def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -z))


def sigmoid_prime(z, a):
    return a * (1.0 - a)


def tanh(z):
    # (e^z - e^-z) / (e^z + e^-z) = 2 sigma(2 z) - 1
    return 2.0 * sigmoid(2.0 * z) - 1.0


def tanh_prime(z, a):
    return 1.0 - a ** 2


def softmax(z):
    e = np.exp(z - np.max(z, axis=1).reshape(-1, 1))
    return e / np.sum(e, axis=1).reshape(-1, 1)


def forward(X, params, act):
    if act == "relu":
        f = relu
    elif act == "sigmoid":
        f = sigmoid
    elif act == "tanh":
        f = tanh
    L = len(params) // 2
    A = {0: X}
    Z = {}
    for i in range(1, L + 1):
        Z[i] = np.dot(A[i - 1], params["W%d" % i]) + params["b%d" % i]
        if i < L:
            A[i] = f(Z[i])
        else:
            A[i] = softmax(Z[i])
    W = {i: params["W%d" % i] for i in range(1, L + 1)}
    return A[L], {"A": A, "Z": Z, "W": W, "L": L, "act": act}


def backward(cache, T):
    A, Z, W, L = cache["A"], cache["Z"], cache["W"], cache["L"]
    f_prime = {"relu": relu_prime, "sigmoid": sigmoid_prime, "tanh": tanh_prime}[cache["act"]]
    N = T.shape[0]

    delta = {}
    delta[L] = (A[L] - T) / N
    for i in range(L - 1, 0, -1):
        delta[i] = np.dot(delta[i + 1], W[i + 1].T) * f_prime(Z[i], A[i])

    grads = {}
    for i in range(1, L + 1):
        grads["W%d" % i] = np.dot(A[i - 1].T, delta[i])
        grads["b%d" % i] = np.sum(delta[i], axis=0).reshape(1, -1)
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    N, C = probs.shape
    yhat = np.zeros(N, dtype=int)
    for n in range(N):
        best = 0
        for k in range(1, C):
            if probs[n, k] > probs[n, best]:
                best = k
        yhat[n] = best
    return yhat


def confusion_matrix(y, yhat, K):
    M = np.zeros((K, K), dtype=int)
    for i in range(K):
        for j in range(K):
            M[i, j] = np.sum((y == i) & (yhat == j))
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N, D = X.shape
    C = 1 + max(np.max(y), np.max(yv))
    if isinstance(hidden, (tuple, list)):
        H = [D] + list(hidden) + [C]
    else:
        H = [D, int(hidden), C]

    T = np.zeros((N, C))
    for n in range(N):
        T[n, y[n]] = 1.0

    theta = {}
    v = {}
    for i in range(1, len(H)):
        if act == "relu":
            sigma2 = 2.0 / H[i - 1]
        else:
            sigma2 = 2.0 / (H[i - 1] + H[i])
        theta["W%d" % i] = rng.normal(0.0, np.sqrt(sigma2), size=(H[i - 1], H[i]))
        theta["b%d" % i] = np.zeros((1, H[i]))
        v["W%d" % i] = np.zeros((H[i - 1], H[i]))
        v["b%d" % i] = np.zeros((1, H[i]))

    for epoch in range(epochs):
        order = np.arange(N)
        rng.shuffle(order)
        n = 0
        while n < N:
            batch = order[n:n + batch_size]
            x, t = X[batch], T[batch]
            probs, cache = forward(x, theta, act)
            dtheta = backward(cache, t)
            for p in theta:
                v[p] = momentum * v[p] + lr * dtheta[p]
            for p in theta:
                theta[p] = theta[p] - v[p]
            n = n + batch_size
    return theta
