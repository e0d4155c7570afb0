import numpy as np

# Inside, one example is one COLUMN; biases sit in an extra last column of Theta, [W' b'].


def theta_of(params):
    L = len(params) // 2
    Theta = []
    for l in range(1, L + 1):
        W = params["W" + str(l)]
        b = params["b" + str(l)]
        Theta.append(np.hstack((W.T, b.reshape(-1, 1))))
    return Theta


def with_ones(A):
    m = A.shape[1]
    return np.vstack((A, np.ones((1, m))))


def g(Z, act):
    if act == "relu":
        return Z * (Z > 0)
    elif act == "sigmoid":
        return 0.5 * (1 + np.tanh(Z / 2))
    else:
        return np.tanh(Z)


def gprime(Z, act):
    if act == "relu":
        return np.double(Z > 0)
    elif act == "sigmoid":
        S = g(Z, "sigmoid")
        return S * (1 - S)
    else:
        S = g(Z, "tanh")
        return 1 - S * S


def forward(X, params, act):
    Theta = theta_of(params)
    L = len(Theta)
    A = [None] * L
    Z = [None] * L
    A[0] = with_ones(X.T)
    for l in range(L):
        Z[l] = Theta[l] @ A[l]
        if l < L - 1:
            A[l + 1] = with_ones(g(Z[l], act))
    S = Z[L - 1]                                   # C x m
    C = S.shape[0]
    E = np.exp(S - np.ones((C, 1)) @ np.amax(S, axis=0).reshape(1, -1))
    P = E / (np.ones((C, C)) @ E)
    return P.T, (A, Z, P, Theta, act)


def backward(cache, T):
    (A, Z, P, Theta, act) = cache
    m = T.shape[0]
    L = len(Theta)
    D = (P - T.T) / m
    grads = {}
    for l in range(L - 1, -1, -1):
        G = D @ A[l].T                             # [dW' db']
        n = G.shape[1] - 1
        grads["W" + str(l + 1)] = G[:, :n].T
        grads["b" + str(l + 1)] = G[:, n].reshape(1, -1)
        if l > 0:
            B = Theta[l].T @ D
            D = B[:-1, :] * gprime(Z[l - 1], act)
    return grads


def predict(X, params, act):
    [P, _] = forward(X, params, act)
    p = np.argmax(P, axis=1)
    return p


def confusion_matrix(y, yhat, K):
    k = np.arange(K).reshape(1, K)
    Y = np.double(y.reshape(-1, 1) == k)           # m x K
    Yh = np.double(yhat.reshape(-1, 1) == k)
    return Y.T @ Yh


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    m = X.shape[0]
    K = max(np.amax(y), np.amax(yv)) + 1
    units = np.concatenate(([X.shape[1]], np.atleast_1d(hidden), [K])).astype(int)
    L = units.size - 1
    params = {}
    v = {}
    for l in range(L):
        if act == "relu":
            s = np.sqrt(2 / units[l])
        else:
            s = np.sqrt(2 / (units[l] + units[l + 1]))
        params["W" + str(l + 1)] = s * rng.standard_normal((units[l], units[l + 1]))
        params["b" + str(l + 1)] = np.zeros((1, units[l + 1]))
    for name in params:
        v[name] = np.zeros(params[name].shape)

    T = np.zeros((m, K))
    T[np.arange(m), y] = 1

    for ep in range(epochs):
        idx = rng.permutation(m)
        Xs = X[idx, :]
        Ts = T[idx, :]
        nb = int(np.ceil(m / batch_size))
        for k in range(nb):
            rows = slice(k * batch_size, min((k + 1) * batch_size, m))
            [_, cache] = forward(Xs[rows, :], params, act)
            grads = backward(cache, Ts[rows, :])
            for name in params:
                v[name] = momentum * v[name] + lr * grads[name]
                params[name] = params[name] - v[name]
    return params


def tdnn1d(x, w, b):
    W = w.shape[2]
    V = x.shape[2] - W + 1
    out = np.zeros((x.shape[0], w.shape[0], V))
    for n in range(x.shape[0]):
        for t in range(V):
            patch = x[n, :, t:t + W].reshape(-1, 1)
            out[n, :, t] = (w.reshape(w.shape[0], -1) @ patch).ravel() + b
    return out


def tdnn1d_backward(dout, x, w):
    H = w.shape[0]
    W = w.shape[2]
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for n in range(x.shape[0]):
        for t in range(dout.shape[2]):
            d = dout[n, :, t].reshape(H, 1)
            patch = x[n, :, t:t + W].reshape(1, -1)
            dw = dw + (d @ patch).reshape(w.shape)
            dx[n, :, t:t + W] += (w.reshape(H, -1).T @ d).reshape(-1, W)
    db = np.sum(np.sum(dout, axis=2), axis=0)
    return dx, dw, db
