import numpy as np

ACT = {
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "sigmoid": lambda z: np.exp(-np.logaddexp(0.0, -z)),
    "tanh": lambda z: np.tanh(z),
}
SLOPE = {
    "relu": lambda a: np.where(a > 0, 1.0, 0.0),
    "sigmoid": lambda a: a - a**2,
    "tanh": lambda a: 1.0 - a**2,
}
depth = lambda params: len(params) // 2


def logsumexp(z):
    top = z.max(axis=-1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=-1, keepdims=True))


def affine(a, params, i):
    return np.einsum("nd,dh->nh", a, params[f"W{i}"]) + params[f"b{i}"]


def forward(X, params, act):
    L, a = depth(params), [X]
    for i in range(1, L):
        a.append(ACT[act](affine(a[-1], params, i)))
    z = affine(a[-1], params, L)
    probs = np.exp(z - logsumexp(z))
    return probs, {"a": a, "probs": probs, "params": params, "act": act}


def backward(cache, T):
    a, params, slope = cache["a"], cache["params"], SLOPE[cache["act"]]
    d = (cache["probs"] - T) / T.shape[0]
    grads = {}
    for i in range(depth(params), 0, -1):
        grads[f"W{i}"] = np.einsum("nh,nk->hk", a[i - 1], d)
        grads[f"b{i}"] = np.einsum("nk->k", d)[None, :]
        if i > 1:
            d = np.einsum("nk,hk,nh->nh", d, params[f"W{i}"], slope(a[i - 1]))
    return {name: grads[name] for name in params}


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(axis=-1)


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=int)
    np.add.at(counts, (y, yhat), 1)
    return counts


def start(widths, act, rng):
    scale = {"relu": lambda i, o: 2 / i}.get(act, lambda i, o: 2 / (i + o))
    params = {}
    for k, (i, o) in enumerate(zip(widths, widths[1:]), 1):
        params |= {f"W{k}": np.sqrt(scale(i, o)) * rng.normal(size=(i, o)), f"b{k}": np.zeros((1, o))}
    return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    K = 1 + max(y.max(), yv.max())
    T = np.eye(K)[y]
    params = start((X.shape[1], *np.ravel(hidden), K), act, rng)
    v = {name: np.zeros_like(w) for name, w in params.items()}
    for epoch in range(epochs):
        for rows in np.split(rng.permutation(len(X)), np.arange(batch_size, len(X), batch_size)):
            grads = backward(forward(X[rows], params, act)[1], T[rows])
            v = {name: momentum * v[name] + lr * grads[name] for name in v}
            params = {name: params[name] - v[name] for name in v}
    return params


def tdnn_windows(x, W):
    return x[:, :, np.arange(x.shape[2] - W + 1)[:, None] + np.arange(W)]


def tdnn1d(x, w, b):
    return np.einsum("ndtk,hdk->nht", tdnn_windows(x, w.shape[2]), w) + b[None, :, None]


def tdnn1d_backward(dout, x, w):
    W = w.shape[2]
    dw = np.einsum("nht,ndtk->hdk", dout, tdnn_windows(x, W))
    padded = np.pad(dout, ((0, 0), (0, 0), (W - 1, W - 1)))
    dx = np.einsum("nhsk,hdk->nds", tdnn_windows(padded, W), w[:, :, ::-1])
    return dx, dw, np.einsum("nht->h", dout)
