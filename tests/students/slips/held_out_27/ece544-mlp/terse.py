import numpy as np

F = {
    "relu": (lambda z: z.clip(0), lambda z, a: z > 0),
    "sigmoid": (lambda z: np.exp(-np.logaddexp(0, -z)), lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
}


def forward(X, params, act):
    f, L = F[act][0], len(params) // 2
    a, st = np.array(X), []
    for i in range(1, L + 1):
        W, b = params[f"W{i}"].copy(), params[f"b{i}"]
        st.append((a, W, z := np.tensordot(a, W, 1) + b))
        a = f(z)
    z = z - z.max(1, keepdims=True)
    p = (e := np.exp(z)) / e.sum(1, keepdims=True)
    return p, (p.copy(), st, act)


def backward(cache, T):
    p, st, act = cache
    df, g, d = F[act][1], {}, (p - T) / len(p)
    for i in range(len(st), 0, -1):
        a, W, _ = st[i - 1]
        g[f"W{i}"], g[f"b{i}"] = np.einsum("nd,nh->dh", a, d), np.einsum("nh->h", d)[None]
        if i > 1:
            d = np.einsum("nh,dh->nd", d, W) * df(st[i - 2][2], a)
    return g


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    np.add.at(M := np.zeros((K, K), int), (y, yhat), 1)
    return M


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n, d = X.shape
    T = (y[:, None] == np.arange(C := y.max() + 1)).astype(float)
    hs = [d, *(hidden if hasattr(hidden, "__len__") else (hidden,)), C]
    P = {}
    for i, (p, q) in enumerate(zip(hs, hs[1:]), 1):
        P |= {f"W{i}": rng.normal(size=(p, q)) * (2 / (p if act == "relu" else p + q)) ** 0.5, f"b{i}": np.zeros((1, q))}
    V = {k: 0 * w for k, w in P.items()}
    for _ in range(epochs):
        for j in np.split(rng.permutation(n), range(batch_size, n, batch_size)):
            g = backward(forward(X[j], P, act)[1], T[j])
            for k in P:
                V[k] = momentum * V[k] + lr * g[k]
                P[k] = P[k] - V[k]
    return P


def tdnn1d(x, w, b):
    v = x.shape[2] - (W := w.shape[2]) + 1
    return sum(np.einsum("ndt,hd->nht", x[:, :, k : k + v], w[:, :, k]) for k in range(W)) + b[:, None]


def tdnn1d_backward(dout, x, w):
    W, v = w.shape[2], dout.shape[2]
    q = np.pad(dout, ((0, 0), (0, 0), (W - 1, W - 1)))
    dx = sum(np.einsum("nhs,hd->nds", q[:, :, W - 1 - k : W - 1 - k + x.shape[2]], w[:, :, k]) for k in range(W))
    dw = np.stack([np.einsum("nht,ndt->hd", dout, x[:, :, k : k + v]) for k in range(W)], 2)
    return dx, dw, np.einsum("nht->h", dout)
