"""Perceptron with own buffers: in-place on arrays made here, one weight vector for the whole network."""
import numpy as np

ACT = {
    "relu": lambda z: np.maximum(z, 0, out=z),
    "tanh": lambda z: np.tanh(z, out=z),
    "sigmoid": lambda z: np.reciprocal(np.add(np.exp(np.negative(np.clip(z, -700, 700, out=z), out=z), out=z), 1, out=z), out=z),
}
SLOPE = {
    "relu": lambda d, a: np.multiply(d, a > 0, out=d),
    "tanh": lambda d, a: np.multiply(d, 1 - a * a, out=d),
    "sigmoid": lambda d, a: np.multiply(d, a - a * a, out=d),
}


def _affine(a, w, b):
    z = np.dot(a, w)
    z += b
    return z


def forward(X, params, act):
    n = len(params) >> 1
    a = [X]
    for i in range(1, n):
        a.append(ACT[act](_affine(a[-1], params[f"W{i}"], params[f"b{i}"])))
    p = _affine(a[-1], params[f"W{n}"], params[f"b{n}"])
    p -= p.max(1, keepdims=True)
    np.exp(p, out=p)
    p /= p.sum(1, keepdims=True)
    return p, (a, p, [params[f"W{i}"] for i in range(1, n + 1)], act)


def backward(cache, T):
    a, p, w, act = cache
    d = p - T
    d /= len(T)
    g = {}
    for i in range(len(w), 0, -1):
        g[f"W{i}"], g[f"b{i}"] = np.dot(a[i - 1].T, d), d.sum(0, keepdims=True)
        if i > 1:
            d = SLOPE[act](np.dot(d, w[i - 1].T), a[i - 1])
    return g


def predict(X, params, act):
    return forward(X, params, act)[0].argmax(1)


def confusion_matrix(y, yhat, K):
    return np.bincount(np.asarray(y) * K + yhat, minlength=K * K).reshape(K, K)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    sizes = [X.shape[1], *np.atleast_1d(hidden).tolist(), int(max(y.max(), yv.max())) + 1]
    shapes = {}
    for i, (m, k) in enumerate(zip(sizes, sizes[1:]), 1):
        shapes[f"W{i}"], shapes[f"b{i}"] = (m, k), (1, k)
    total = sum(m * k for m, k in shapes.values())
    theta, vel, grad = np.zeros(total), np.zeros(total), np.empty(total)
    params, gviews, at = {}, {}, 0
    for name, (m, k) in shapes.items():
        params[name], gviews[name] = (v[at : at + m * k].reshape(m, k) for v in (theta, grad))
        at += m * k
        if name[0] == "W":
            params[name][...] = rng.standard_normal((m, k)) * np.sqrt(2 / (m if act == "relu" else m + k))

    T = np.zeros((len(y), sizes[-1]))
    T[np.arange(len(y)), y] = 1
    Xs, Ts = np.empty(X.shape), np.empty(T.shape)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        np.take(X, order, axis=0, out=Xs)
        np.take(T, order, axis=0, out=Ts)
        for s in range(0, len(X), batch_size):
            g = backward(forward(Xs[s : s + batch_size], params, act)[1], Ts[s : s + batch_size])
            for name, view in gviews.items():
                view[...] = g[name]
            vel *= momentum
            grad *= lr
            vel += grad
            theta -= vel
    return params
