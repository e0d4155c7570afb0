"""Operations return their value and their vector-Jacobian product; a chain threads both through the network."""
from collections import OrderedDict
from functools import wraps

import numpy as np

OPERATIONS = {}


def operation(function):
    """Registers `function(params, x, ...) -> (value, vjp)` under its name and checks what it gives back."""

    @wraps(function)
    def checked(*args, **kwargs):
        value, vjp = function(*args, **kwargs)
        assert callable(vjp)
        return value, vjp

    OPERATIONS[function.__name__] = checked
    return checked


@operation
def affine(params, x, w, b):
    weight, bias = params[w], params[b]

    def vjp(upstream, sink):
        sink[w] = sink.get(w, 0.0) + np.dot(np.transpose(x), upstream)
        sink[b] = sink.get(b, 0.0) + np.add.reduce(upstream, axis=0)
        return np.dot(upstream, np.transpose(weight))

    return np.dot(x, weight) + bias, vjp


@operation
def rectify(params, x):
    value = np.fmax(x, 0.0)
    gate = np.sign(value)
    return value, lambda upstream, sink: upstream * gate


@operation
def mean_nll(params, scores, y):
    n = len(y)
    top = scores.max(1)
    normaliser = np.log(np.sum(np.exp(scores.T - top), axis=0)) + top
    picked = np.take_along_axis(scores, np.reshape(y, (n, 1)), axis=1).ravel()

    def vjp(upstream, sink):
        delta = np.exp(scores - normaliser[:, None])
        delta[np.arange(n), y] -= 1.0
        return upstream * delta / n

    return np.mean(normaliser - picked), vjp


@operation
def ridge(params, strength, names):
    value = strength * sum(float(np.vdot(params[name], params[name])) for name in names)

    def vjp(upstream, sink):
        for name in names:
            sink[name] = sink.get(name, 0.0) + upstream * 2 * strength * params[name]

    return value, vjp


class Chain:
    def __init__(self, params):
        self.params = params
        self.tape = []

    def run(self, name, x, *args):
        value, vjp = OPERATIONS[name](self.params, x, *args)
        self.tape.append(vjp)
        return value

    def gradients(self):
        sink, upstream = OrderedDict(), 1.0
        while self.tape:
            upstream = self.tape.pop()(upstream, sink)
        return sink


class Schedule:
    """The rate of an iteration: multiplied by the decay after the first iteration of each pass."""

    def __init__(self, rate, decay, per_pass):
        self.rate, self.decay, self.per_pass = rate, decay, per_pass
        self.count = 0

    def advance(self):
        first = self.count % self.per_pass == 0
        if first:
            self.rate = self.rate * self.decay
        self.count += 1
        return first


def sampler(X, y, size):
    """Endless random batches, each without replacement."""
    size = min(size, X.shape[0])
    while True:
        chosen = np.random.permutation(X.shape[0])[:size]
        yield X[chosen], y[chosen]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def _scores(self, chain, X):
        hidden = chain.run("rectify", chain.run("affine", X, "W1", "b1"))
        return chain.run("affine", hidden, "W2", "b2")

    def loss(self, X, y=None, reg=0.0):
        chain = Chain(self.params)
        scores = self._scores(chain, X)
        if y is None:
            return scores
        data = chain.run("mean_nll", scores, y)
        penalty, ridge_vjp = ridge(self.params, reg, ("W1", "W2"))
        grads = chain.gradients()
        ridge_vjp(1.0, grads)
        return data + penalty, dict(grads)

    def train(
        self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
        batch_size=200, verbose=False,
    ):
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        schedule = Schedule(learning_rate, learning_rate_decay, max(X.shape[0] // batch_size, 1))
        batches = sampler(X, y, batch_size)
        for _ in range(num_iters):
            X_batch, y_batch = next(batches)
            loss, grads = self.loss(X_batch, y_batch, reg)
            history["loss_history"].append(loss)
            self.params.update({key: self.params[key] - schedule.rate * grads[key] for key in grads})
            if schedule.advance():
                history["train_acc_history"].append(self.accuracy(X_batch, y_batch))
                history["val_acc_history"].append(self.accuracy(X_val, y_val))
        return history

    def accuracy(self, X, y):
        return float((self.predict(X) == y).mean())

    def predict(self, X):
        return self._scores(Chain(self.params), X).argmax(axis=-1)
