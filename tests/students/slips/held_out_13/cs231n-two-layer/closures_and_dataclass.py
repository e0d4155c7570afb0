from collections import defaultdict
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice

import numpy as np


@dataclass
class Layer:
    W: np.ndarray
    b: np.ndarray
    act: bool = True
    memo: dict = field(default_factory=dict, repr=False)

    def __call__(self, x):
        z = np.einsum('ni,io->no', x, self.W) + self.b
        self.memo.update(x=x, on=(z > 0) | (not self.act))
        return np.where(self.memo['on'], z, 0)

    def back(self, d):
        d = d * self.memo['on']
        return d @ self.W.T, self.memo['x'].T @ d, d.sum(0)


def xent(s, y):
    """loss and pullback of the mean cross entropy of scores s"""
    r = np.arange(y.size)
    m = s.max(1)
    e = np.exp(s - m[:, None])
    tot = e.sum(1)
    return (np.log(tot) + m - s[r, y]).mean(), lambda: (e / tot[:, None] - (np.arange(s.shape[1]) == y[:, None])) / y.size


def epochs(n, b):
    """forever: index batches drawn without replacement, reshuffled when used up"""
    b = min(b, n)
    while True:
        p = np.random.permutation(n)
        yield from p[:n - n % b].reshape(-1, b)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        sizes = [input_size, hidden_size, output_size]
        self.params = {}
        for i, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params[f'W{i}'], self.params[f'b{i}'] = std * np.random.randn(a, b), np.zeros(b)

    @property
    def layers(self):
        p = self.params
        return [Layer(p['W1'], p['b1']), Layer(p['W2'], p['b2'], act=False)]

    def loss(self, X, y=None, reg=0.0):
        net = self.layers
        s = reduce(lambda h, f: f(h), net, X)
        if y is None:
            return s
        cost, pull = xent(s, y)
        d, grads = pull(), {}
        for i, l in reversed(list(enumerate(net, 1))):
            d, dW, db = l.back(d)
            grads[f'W{i}'], grads[f'b{i}'] = dW + 2 * reg * l.W, db
        return cost + reg * sum((l.W ** 2).sum() for l in net), grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        out, n = defaultdict(list), len(X)
        every = max(n // batch_size, 1)
        rate = lambda t: learning_rate * learning_rate_decay ** (t // every)
        for t, rows in enumerate(islice(epochs(n, batch_size), num_iters)):
            c, g = self.loss(X[rows], y[rows], reg)
            out['loss_history'] += [c]
            self.params = {k: w - rate(t) * g[k] for k, w in self.params.items()}
            if (t + 1) % every == 0:
                for k, A, B in (('train', X, y), ('val', X_val, y_val)):
                    out[k + '_acc_history'] += [np.mean(self.predict(A) == B)]
        return {k: out[k] for k in ('loss_history', 'train_acc_history', 'val_acc_history')}

    def predict(self, X):
        return self.loss(X).argmax(1)
