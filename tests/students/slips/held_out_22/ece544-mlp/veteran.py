import numpy as np

RELU = 0
SIGMOID = 1
TANH = 2
CODES = {"relu": RELU, "sigmoid": SIGMOID, "tanh": TANH}


def apply_act(Z, code, A):
    """A = act(Z), row by row."""
    rows = Z.shape[0]
    for r in range(rows):
        if code == RELU:
            np.maximum(Z[r, :], 0.0, out=A[r, :])
        elif code == SIGMOID:
            A[r, :] = 1.0 / (1.0 + np.exp(-np.clip(Z[r, :], -700.0, 700.0)))
        else:
            np.tanh(Z[r, :], out=A[r, :])


def forward(X, params, act):
    N = X.shape[0]
    L = len(params) // 2
    code = CODES[act]
    Z = [None] * (L + 1)
    A = [None] * (L + 1)
    W = [None] * (L + 1)
    A[0] = X.astype(np.float64)
    for l in range(1, L + 1):
        W[l] = params["W%d" % l]
        width = W[l].shape[1]
        Z[l] = np.zeros((N, width))
        np.dot(A[l - 1], W[l], out=Z[l])
        Z[l] += params["b%d" % l]
        if l < L:
            A[l] = np.zeros((N, width))
            apply_act(Z[l], code, A[l])
    P = np.zeros((N, Z[L].shape[1]))
    for n in range(N):
        P[n, :] = np.exp(Z[L][n, :] - Z[L][n, :].max())
        P[n, :] /= P[n, :].sum()
    return P.copy(), (L, code, Z, A, W, P)


def backward(cache, T):
    L, code, Z, A, W, P = cache
    N = P.shape[0]
    grads = {}
    delta = np.zeros(P.shape)
    for n in range(N):
        delta[n, :] = (P[n, :] - T[n, :]) / N
    for l in range(L, 0, -1):
        gb = np.zeros((1, W[l].shape[1]))
        for n in range(N):
            gb[0, :] += delta[n, :]
        grads["W%d" % l] = np.dot(A[l - 1].T, delta)
        grads["b%d" % l] = gb
        if l > 1:
            below = np.dot(delta, W[l].T)
            if code == RELU:
                below[Z[l - 1] <= 0.0] = 0.0
            elif code == SIGMOID:
                below *= A[l - 1] - A[l - 1] * A[l - 1]
            else:
                below *= 1.0 - A[l - 1] * A[l - 1]
            delta = below
    return grads


def predict(X, params, act):
    P, unused = forward(X, params, act)
    N = X.shape[0]
    best = np.zeros(N, dtype=np.int64)
    for n in range(N):
        best[n] = P[n, :].argmax()
    return best


def confusion_matrix(y, yhat, K):
    M = np.zeros((K, K), dtype=np.int64)
    for n in range(len(y)):
        M[y[n], yhat[n]] += 1
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N = X.shape[0]
    C = 0
    for labels in (y, yv):
        for n in range(len(labels)):
            if labels[n] + 1 > C:
                C = int(labels[n]) + 1
    if np.ndim(hidden) == 0:
        hidden = (hidden,)
    sizes = [X.shape[1]]
    for h in hidden:
        sizes.append(int(h))
    sizes.append(C)
    L = len(sizes) - 1

    T = np.zeros((N, C))
    for n in range(N):
        T[n, y[n]] = 1.0

    params = {}
    vel = {}
    for l in range(1, L + 1):
        nin = sizes[l - 1]
        nout = sizes[l]
        std = np.sqrt(2.0 / nin) if act == "relu" else np.sqrt(2.0 / (nin + nout))
        params["W%d" % l] = rng.normal(0.0, std, size=(nin, nout))
        params["b%d" % l] = np.zeros((1, nout))
        vel["W%d" % l] = np.zeros((nin, nout))
        vel["b%d" % l] = np.zeros((1, nout))

    nbatch = (N + batch_size - 1) // batch_size
    for epoch in range(epochs):
        perm = rng.permutation(N)
        for b in range(nbatch):
            lo = b * batch_size
            hi = min(lo + batch_size, N)
            xb = X[perm[lo:hi], :]
            tb = T[perm[lo:hi], :]
            P, cache = forward(xb, params, act)
            g = backward(cache, tb)
            for name in params:
                vel[name] *= momentum
                vel[name] += lr * g[name]
                params[name] = params[name] - vel[name]
    return params
