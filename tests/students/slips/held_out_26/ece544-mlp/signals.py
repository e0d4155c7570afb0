import numpy as np

# Layers as augmented matrices M = [W; b], signals as [A, 1].


def _bank(params):
    L = len(params) // 2
    return [np.r_[params["W%d" % (l + 1)], np.reshape(params["b%d" % (l + 1)], (1, -1))] for l in range(L)]


def _one(A):
    return np.c_[A, np.ones(len(A))]


def _f(z, act):
    if act == "relu":
        return z * (z > 0)
    if act == "tanh":
        return np.tanh(z)
    return np.exp(-np.logaddexp(0, -z))


def _df(z, act):
    if act == "relu":
        return np.where(z > 0, 1.0, 0.0)
    a = _f(z, act)
    if act == "tanh":
        return (1 + a) * (1 - a)
    return a - np.square(a)


def _gibbs(v):
    g = np.exp(v - np.max(v))
    return g / np.sum(g)


def forward(X, params, act):
    bank = _bank(params)
    u, z = [_one(X)], []
    for M in bank[:-1]:
        z.append(u[-1] @ M)
        u.append(_one(_f(z[-1], act)))
    probs = np.apply_along_axis(_gibbs, 1, u[-1] @ bank[-1])
    return probs, (u, z, bank, probs, act)


def backward(cache, T):
    u, z, bank, probs, act = cache
    L = len(bank)
    e = (probs - T) / len(T)
    grads = {}
    for l in np.arange(L)[::-1]:
        G = np.einsum("ni,nj->ij", u[l], e)
        grads["W%d" % (l + 1)] = G[:-1]
        grads["b%d" % (l + 1)] = G[-1:]
        if l > 0:
            e = np.inner(e, bank[l][:-1]) * _df(z[l - 1], act)
    return grads


def predict(X, params, act):
    return np.apply_along_axis(np.argmax, 1, forward(X, params, act)[0])


def confusion_matrix(y, yhat, K):
    hit = np.equal.outer(np.arange(K), y) * 1.0
    est = np.equal.outer(np.arange(K), yhat) * 1.0
    return np.rint(hit @ est.T).astype(int)


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    K = int(np.max(np.r_[y, yv])) + 1
    width = np.r_[X.shape[1], hidden, K].astype(int)
    gain = 2.0 / width[:-1] if act == "relu" else 2.0 / (width[:-1] + width[1:])
    params, vel = {}, {}
    for l in range(len(gain)):
        params["W%d" % (l + 1)] = np.sqrt(gain[l]) * rng.standard_normal((width[l], width[l + 1]))
        params["b%d" % (l + 1)] = np.zeros((1, width[l + 1]))
    for k in params:
        vel[k] = 0.0 * params[k]
    T = np.equal.outer(y, np.arange(K)) * 1.0
    N = len(X)
    edges = np.unique(np.r_[np.arange(0, N, batch_size), N])
    for ep in range(epochs):
        perm = np.argsort(rng.random(N))
        Xs, Ts = X[perm], T[perm]
        for lo, hi in zip(edges[:-1], edges[1:]):
            g = backward(forward(Xs[lo:hi], params, act)[1], Ts[lo:hi])
            for k in params:
                vel[k] = momentum * vel[k] + lr * g[k]
                params[k] = params[k] - vel[k]
    return params
