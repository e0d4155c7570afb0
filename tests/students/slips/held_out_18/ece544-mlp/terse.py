import numpy as np

S = lambda z: np.exp(-np.logaddexp(0, -z))
A = dict(relu=lambda z: z * (z > 0), sigmoid=S, tanh=np.tanh)
D = dict(relu=lambda a: a > 0, sigmoid=lambda a: a - a * a, tanh=lambda a: 1 - a * a)
depth = lambda p: len(p) // 2
W = lambda p, i: p[f"W{i}"]
Wb = lambda p, i: np.r_[W(p, i), p[f"b{i}"].reshape(1, -1)]
one = lambda a: np.c_[a, np.ones(len(a))]
sm = lambda z: (e := np.exp(z - z.max(1)[:, None])) / e.sum(1)[:, None]
hid = lambda X, p, act, i: X if i == 0 else A[act](one(hid(X, p, act, i - 1)) @ Wb(p, i))
forward = lambda X, params, act: (
    sm(one(hid(X, params, act, (n := depth(params)) - 1)) @ Wb(params, n)),
    (X, dict(params), act),
)


def backward(cache, T):
    (X, p, act), out = cache, {}
    d = (forward(X, p, act)[0] - T) / len(T)
    for i in range(depth(p), 0, -1):
        a = hid(X, p, act, i - 1)
        out |= {f"W{i}": a.T @ d, f"b{i}": d.sum(0)}
        d = d @ W(p, i).T * D[act](a)
    return out


predict = lambda X, params, act: forward(X, params, act)[0].argmax(1)
confusion_matrix = lambda y, yhat, K: np.bincount(y * K + yhat, minlength=K * K).reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    s, n = np.r_[X.shape[1], hidden, max(y.max(), yv.max()) + 1], len(X)
    T = (y[:, None] == np.r_[: s[-1]]) * 1.0
    p = {}
    for i, (a, b) in enumerate(zip(s, s[1:]), 1):
        p |= {f"W{i}": rng.normal(0, (2 / (a + b * (act != "relu"))) ** 0.5, (a, b)), f"b{i}": np.zeros((1, b))}
    v = {k: 0 * q for k, q in p.items()}
    for _ in range(epochs):
        for r in np.array_split(rng.permutation(n), max(1, n // batch_size)):
            g = backward(forward(X[r], p, act)[1], T[r])
            v = {k: momentum * v[k] + lr * g[k] for k in p}
            p = {k: p[k] - v[k] for k in p}
    return p


tdnn1d = lambda x, w, b: sum(
    np.tensordot(w[:, :, k], x[:, :, k : x.shape[2] - w.shape[2] + 1 + k], (1, 1)).swapaxes(0, 1) for k in range(w.shape[2])
) + b[:, None]
tdnn1d_backward = lambda dout, x, w: (
    tdnn1d(np.pad(dout, ((0, 0), (0, 0), 2 * (w.shape[2] - 1,))), w.transpose(1, 0, 2)[:, :, ::-1], np.zeros(x.shape[1])),
    tdnn1d(x.swapaxes(0, 1), dout.swapaxes(0, 1), np.zeros(len(w))).swapaxes(0, 1),
    dout.sum((0, 2)),
)
