import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

F = {
    "relu": (lambda z: z.clip(0), lambda a: a > 0),
    "sigmoid": (lambda z: np.tanh(z / 2) / 2 + 0.5, lambda a: a - a * a),
    "tanh": (np.tanh, lambda a: (1 - a) * (1 + a)),
}


def pairs(p):
    return [(p[f"W{i}"], p[f"b{i}"]) for i in range(1, len(p) // 2 + 1)]


def forward(X, params, act):
    A, (*hid, (W, b)) = [X], pairs(params)
    for w, c in hid:
        A.append(F[act][0](A[-1] @ w + c))
    z = A[-1] @ W + b
    z -= np.logaddexp.reduce(z, axis=1, keepdims=True)
    return (p := np.exp(z)), (A, p, [w.T for w, _ in pairs(params)], F[act][1])


def backward(cache, T):
    A, p, WT, df = cache
    d, g = (p - T) / len(T), {}
    for i in range(len(A), 0, -1):
        g |= {f"W{i}": (a := A[i - 1]).T @ d, f"b{i}": d.sum(0, keepdims=True)}
        d = d @ WT[i - 1] * df(a) if i > 1 else d
    return g


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    return np.bincount(K * y + yhat, minlength=K * K).reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    S = [X.shape[1], *np.ravel(hidden), (C := max(*y, *yv) + 1)]
    T = (y[:, None] == np.arange(C)) * 1.0
    p = {}
    for i, (m, n) in enumerate(zip(S, S[1:]), 1):
        p |= {f"W{i}": rng.normal(0, (2 / (m if act == "relu" else m + n)) ** 0.5, (m, n)), f"b{i}": np.zeros((1, n))}
    v = {k: 0 * w for k, w in p.items()}
    for _ in range(epochs):
        o = rng.permutation(len(y))
        for s in np.split(o, range(batch_size, len(o), batch_size)):
            for k, g in backward(forward(X[s], p, act)[1], T[s]).items():
                p[k] -= np.add(np.multiply(v[k], momentum, out=v[k]), lr * g, out=v[k])
    return p


def tdnn1d(x, w, b):
    return np.einsum("ndtk,hdk->nht", sliding_window_view(x, w.shape[2], 2), w) + b[:, None]


def tdnn1d_backward(dout, x, w):
    k = w.shape[2]
    D = sliding_window_view(np.pad(dout, ((0, 0), (0, 0), (k - 1, k - 1))), k, 2)
    return (
        np.einsum("nhsk,hdk->nds", D, w[:, :, ::-1]),
        np.einsum("nht,ndtk->hdk", dout, sliding_window_view(x, k, 2)),
        dout.sum((0, 2)),
    )
