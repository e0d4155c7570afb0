import itertools as it
from functools import partial, reduce
from operator import itemgetter

import numpy as np

_get = itemgetter("W1", "b1", "W2", "b2")
_rows = partial(np.expand_dims, axis=1)
_sq = lambda A: np.einsum("ij,ij->", A, A)


def softmax(X):
    lse = np.logaddexp.reduce(X, axis=1)
    return np.exp(X - _rows(lse))


def relu(x):
    return x * (x > 0)


def batches(n, size):
    order = np.arange(n)
    np.random.shuffle(order)
    yield from (order[i:i + size] for i in it.takewhile(lambda i: i < n, it.count(0, size)))


def forward(X, params):
    W1, b1, W2, b2 = _get(params)
    z1 = np.einsum("nd,dh->nh", X, W1) + b1
    a1 = relu(z1)
    return z1, a1, np.einsum("nh,hk->nk", a1, W2) + b2


class NetClassifier:
    def __init__(self):
        self.params = self.history = None

    def predict(self, X, params=None):
        return forward(X, self.params if params is None else params)[-1].argmax(1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        n, (W1, _, W2, _) = len(X), _get(params)
        z1, a1, z2 = forward(X, params)
        lse = np.logaddexp.reduce(z2, axis=1)
        cost = (lse - z2[range(n), y]).mean() + reg * (_sq(W1) + _sq(W2))
        d2 = (softmax(z2) - np.eye(W2.shape[1])[y]) / n
        d1 = np.einsum("nk,hk->nh", d2, W2) * (a1 > 0)
        return cost, dict(
            d_w1=np.einsum("nd,nh->dh", X, d1) + 2 * reg * W1,
            d_w2=np.einsum("nh,nk->hk", a1, d2) + 2 * reg * W2,
            d_b1=np.einsum("nh->h", d1)[None],
            d_b2=np.einsum("nk->k", d2)[None],
        )

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        def step(p, rows):
            g = self.cost_grad(X_train[rows], y_train[rows], p, reg)[1]
            return {k: v - lr * g["d_" + k.lower()] for k, v in p.items()}

        def report(p):
            for X, y in ((X_train, y_train), (X_val, y_val)):
                yield self.cost_grad(X, y, p)[0]
                yield self.score(X, y, p)

        p, log = dict(init_params), []
        for _ in range(epochs):
            p = reduce(step, batches(len(X_train), batch_size), p)
            log.append(tuple(report(p)))
        self.params = p
        self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), map(list, zip(*log))))
