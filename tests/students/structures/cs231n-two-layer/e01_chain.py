"""Two-layer net as a chain of (forward, backward) pairs that is built by closures."""
from collections import ChainMap
from itertools import chain, count, islice, repeat

import numpy as np

ORDER = ["W1", "b1", "W2", "b2"]
REGULARISED = frozenset(name for name in ORDER if name.startswith("W"))


def affine(w, b):
    """Factory: a layer that reads params[w] and params[b]."""

    def apply(x, params):
        def pull(delta):
            return delta @ params[w].T, {w: x.T @ delta, b: delta.sum(axis=0)}

        return x @ params[w] + params[b], pull

    return apply


def rectify(x, params):
    mask = x > 0
    return x * mask, lambda delta: (delta * mask, {})


CHAIN = []
for i in (1, 2):
    CHAIN.append(affine("W%d" % i, "b%d" % i))
    if i < 2:
        CHAIN.append(rectify)


def run(x, params):
    pulls = []
    for layer in CHAIN:
        x, pull = layer(x, params)
        pulls.append(pull)

    def back(delta):
        found = []
        for pull in pulls[::-1]:
            delta, grads = pull(delta)
            found.append(grads)
        return dict(ChainMap(*found))

    return x, back


def cross_entropy(scores, y):
    n = scores.shape[0]
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    labels = np.zeros_like(scores)
    np.put_along_axis(labels, np.asarray(y)[:, None], 1.0, axis=1)
    return -(labels * log_p).sum() / n, (np.exp(log_p) - labels) / n


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        shapes = {"W1": (input_size, hidden_size), "W2": (hidden_size, output_size)}
        for name in ("W1", "W2"):
            self.params[name] = std * np.random.randn(*shapes[name])
            self.params["b" + name[1]] = np.zeros(shapes[name][1])

    def loss(self, X, y=None, reg=0.0):
        scores, back = run(X, self.params)
        if y is None:
            return scores
        loss, delta = cross_entropy(scores, y)
        grads = back(delta)
        for name in REGULARISED:
            loss += reg * np.sum(self.params[name] ** 2)
            grads[name] = grads[name] + 2 * reg * self.params[name]
        return loss, {name: grads[name] for name in ORDER}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        per_pass = max(X.shape[0] // batch_size, 1)
        # the rate of every iteration, as an endless stream
        rates = chain.from_iterable(repeat(learning_rate * learning_rate_decay ** k, per_pass) for k in count())
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        for it, rate in enumerate(islice(rates, num_iters), start=1):
            rows = np.random.randint(0, X.shape[0], size=batch_size)
            loss, grads = self.loss(X[rows], y[rows], reg=reg)
            history["loss_history"].append(loss)
            self.params.update({k: self.params[k] - rate * g for k, g in grads.items()})
            if it % per_pass == 0:
                history["train_acc_history"].append((self.predict(X[rows]) == y[rows]).mean())
                history["val_acc_history"].append((self.predict(X_val) == y_val).mean())
            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))
        return history

    predict = lambda self, X: self.loss(X).argmax(axis=1)
