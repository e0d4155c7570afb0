import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as V


def forward(X, params, act):
    A, L, f = [X], len(params) // 2, {"relu": lambda z: z * (z > 0), "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2, "tanh": np.tanh}[act]
    for i in range(1, L + 1):
        A += [(z := A[-1] @ params[f"W{i}"] + params[f"b{i}"]) if i == L else f(A[-1] @ params[f"W{i}"] + params[f"b{i}"])]
    p = (e := np.exp(z - z.max(1, keepdims=True))) / e.sum(1, keepdims=True)
    return p, (A[:-1], p, params, act)


def backward(cache, T):
    (A, p, P, act), G = cache, {}
    d, g = (p - T) / len(T), {"relu": lambda a: a > 0, "sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a}[act]
    for i, a in reversed([*enumerate(A, 1)]):
        G |= {f"W{i}": a.T @ d, f"b{i}": d.sum(0, keepdims=True)}
        d = d @ P[f"W{i}"].T * g(a)
    return G


def predict(X, params, act): return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K): return np.bincount(K * y + yhat, minlength=K * K).reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    s = [X.shape[1], *np.ravel(hidden), K := max(*y, *yv) + 1]
    T, P = np.eye(K)[y], {}
    for i, (m, n) in enumerate(zip(s, s[1:]), 1):
        P |= {f"W{i}": rng.normal(0, (2 / (m if act == "relu" else m + n)) ** 0.5, (m, n)), f"b{i}": np.zeros((1, n))}
    v = dict.fromkeys(P, 0)
    for _ in range(epochs):
        for r in np.split(rng.permutation(len(X)), range(batch_size, len(X), batch_size)):
            G = backward(forward(X[r], P, act)[1], T[r])
            v = {k: momentum * v[k] + lr * G[k] for k in P}
            P = {k: P[k] - v[k] for k in P}
    return P


def tdnn1d(x, w, b): return np.einsum("ndtk,hdk->nht", V(x, w.shape[2], 2), w) + b[:, None]


def tdnn1d_backward(dout, x, w):
    q = np.pad(dout, ((0, 0), (0, 0), (k := w.shape[2] - 1, k)))
    return np.einsum("nhsk,hdk->nds", V(q, k + 1, 2), w[:, :, ::-1]), np.einsum("nht,ndtk->hdk", dout, V(x, k + 1, 2)), dout.sum((0, 2))
