import sys
import numpy as np

sys.setrecursionlimit(5000)

act_functions = dict(
    relu=(lambda z: np.maximum(0, z), lambda z, a: (z > 0) * 1.0),
    sigmoid=(lambda z: np.exp(-np.logaddexp(0, -z)), lambda z, a: a * (1 - a)),
    tanh=(lambda z: np.tanh(z), lambda z, a: 1 - np.square(a)),
)


def _down(A, i, params, act):
    """Returns probs and a nested pair list: ((A, Z, W), rest of the network)."""
    Z = A @ params[f"W{i}"] + params[f"b{i}"]
    here = (A, Z, params[f"W{i}"])
    if f"W{i + 1}" not in params:
        Z = Z - Z.max(axis=1, keepdims=True)
        probs = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
        return probs, (here, None)
    probs, rest = _down(act_functions[act][0](Z), i + 1, params, act)
    return probs, (here, rest)


def forward(X, params, act):
    probs, chain = _down(X, 1, params, act)
    return probs, dict(chain=chain, probs=probs, act=act)


def backward(cache, T):
    slope = act_functions[cache["act"]][1]
    grads = {}

    def up(chain, i):
        """The derivative by the Z of layer i."""
        (A, Z, W), rest = chain
        if rest is None:
            d = (cache["probs"] - T) / len(T)
        else:
            (A_next, _, W_next), _ = rest
            d = (up(rest, i + 1) @ W_next.T) * slope(Z, A_next)
        grads["W" + str(i)] = A.T @ d
        grads["b" + str(i)] = np.sum(d, axis=0)
        grads["b" + str(i)].shape = (1, -1)
        return d

    up(cache["chain"], 1)
    return grads


def predict(X, params, act):
    return np.argmax(forward(X, params, act)[0], axis=-1)


def confusion_matrix(y, yhat, K):
    if len(y) == 0:
        return np.zeros((K, K), int)
    if len(y) == 1:
        M = np.zeros((K, K), int)
        M[y[0], yhat[0]] = 1
        return M
    h = len(y) // 2
    return confusion_matrix(y[:h], yhat[:h], K) + confusion_matrix(y[h:], yhat[h:], K)


def _init(sizes, act, rng, i=1):
    if len(sizes) < 2:
        return {}
    a, b, *_ = sizes
    W = rng.normal(0, np.sqrt(2.0 / a if act == "relu" else 2.0 / (a + b)), (a, b))
    return {f"W{i}": W, f"b{i}": np.zeros((1, b)), **_init(sizes[1:], act, rng, i + 1)}


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    hidden = list(hidden) if hasattr(hidden, "__iter__") else [hidden]
    K = int(max(np.max(y), np.max(yv))) + 1
    onehot = np.zeros((len(y), K))
    onehot[np.arange(len(y)), y] = 1
    params = _init([X.shape[1]] + hidden + [K], act, rng)
    v = {k: 0 * p for k, p in params.items()}
    for e in range(epochs):
        Xs, Ts = X.copy(), onehot.copy()
        # the same order for both: the state of the generator is put back
        state = rng.bit_generator.state
        rng.shuffle(Xs)
        after = rng.bit_generator.state
        rng.bit_generator.state = state
        rng.shuffle(Ts)
        rng.bit_generator.state = after
        while len(Xs):
            x, Xs = Xs[:batch_size], Xs[batch_size:]
            t, Ts = Ts[:batch_size], Ts[batch_size:]
            g = backward(forward(x, params, act)[1], t)
            v = {k: momentum * v[k] + lr * g[k] for k in v}
            params = {k: params[k] - v[k] for k in params}
    return params
