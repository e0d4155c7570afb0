import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as swv


def _act(z, act):
    # z is ours, the result goes into it
    if act[0] == "r":
        return np.maximum(z, 0.0, out=z)
    if act[0] == "t":
        return np.tanh(z, out=z)
    np.clip(z, -700.0, 700.0, out=z)
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1.0
    return np.reciprocal(z, out=z)


def forward(X, params, act):
    L = len(params) >> 1
    A = [X]
    for l in range(1, L + 1):
        W = params["W%d" % l]
        z = np.empty((X.shape[0], W.shape[1]))
        np.dot(A[-1], W, out=z)
        z += params["b%d" % l]
        A.append(_act(z, act) if l < L else z)
    P = A.pop()
    P -= np.take_along_axis(P, P.argmax(1)[:, None], 1)
    np.exp(P, out=P)
    P /= P.sum(1)[:, None]
    return P, (A, P, [params["W%d" % l] for l in range(1, L + 1)], act)


def backward(cache, T):
    A, P, Ws, act = cache
    n = T.shape[0]
    d = np.subtract(P, T)
    d /= n
    g = {}
    for l in range(len(Ws), 0, -1):
        a = A[l - 1]
        g["W%d" % l] = np.dot(a.T, d)
        g["b%d" % l] = np.add.reduce(d, 0)[None]
        if l == 1:
            break
        d = np.dot(d, Ws[l - 1].T)
        if act[0] == "r":
            d *= a > 0
        elif act[0] == "t":
            d -= d * a * a
        else:
            d *= a
            d *= 1.0 - a
    return g


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    f = np.asarray(y, dtype=np.int64) * K + np.asarray(yhat, dtype=np.int64)
    return np.bincount(f, minlength=K * K).reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n, D = X.shape
    C = int(y.max()) + 1
    s = [D, *np.atleast_1d(hidden).tolist(), C]
    L = len(s) - 1
    tot = sum(s[i] * s[i + 1] + s[i + 1] for i in range(L))
    F, V = np.zeros(tot), np.zeros(tot)  # all weights, all velocities
    params, at = {}, 0
    for i in range(L):
        p, q = s[i], s[i + 1]
        params["W%d" % (i + 1)] = F[at : at + p * q].reshape(p, q)
        at += p * q
        params["b%d" % (i + 1)] = F[at : at + q].reshape(1, q)
        at += q
        var = 2.0 / p if act == "relu" else 2.0 / (p + q)
        params["W%d" % (i + 1)][:] = rng.standard_normal((p, q)) * var**0.5
    T = np.zeros((n, C))
    np.put_along_axis(T, np.asarray(y, dtype=np.intp)[:, None], 1.0, 1)
    Xs, Ts = np.empty((n, D)), np.empty((n, C))
    G = np.empty(tot)
    for _ in range(epochs):
        o = rng.permutation(n)
        np.take(X, o, axis=0, out=Xs)
        np.take(T, o, axis=0, out=Ts)
        for i in range(0, n, batch_size):
            g = backward(forward(Xs[i : i + batch_size], params, act)[1], Ts[i : i + batch_size])
            np.concatenate([g[k].ravel() for k in params], out=G)
            G *= lr
            V *= momentum
            V += G
            F -= V
    return params


def tdnn1d(x, w, b):
    v = swv(x, w.shape[2], axis=2)  # N D V W
    return np.einsum("ndvk,hdk->nhv", v, w) + b[:, None]


def tdnn1d_backward(dout, x, w):
    K = w.shape[2]
    N, H, V = dout.shape
    e = np.zeros((N, H, V + 2 * K - 2))
    e[:, :, K - 1 : K - 1 + V] = dout
    dx = np.einsum("nhsk,hdk->nds", swv(e, K, axis=2), w[:, :, ::-1])
    dw = np.einsum("nhv,ndvk->hdk", dout, swv(x, K, axis=2))
    return dx, dw, dout.sum((0, 2))
