"""The classifier as values and pullbacks; fit folds steps over batches and epochs over states."""

from collections import namedtuple
from functools import reduce
from itertools import accumulate, repeat

import numpy as np

Node = namedtuple("Node", "value pullback")
Epoch = namedtuple("Epoch", "params numbers")

one_in_k_encoding = lambda vec, k: np.eye(k)[vec]

relu = lambda x: x * (x > 0)


def softmax(X):
    return np.exp(log_softmax(X))


def log_softmax(X):
    return (lambda s: s - np.log(np.sum(np.exp(s), axis=1, keepdims=True)))(X - np.max(X, axis=1, keepdims=True))


def get_init_params(input_dim, hidden_size, output_size):
    draw = lambda i, o: np.random.normal(0, np.sqrt(2 / i), (i, o))
    return dict(
        W1=draw(input_dim, hidden_size),
        b1=np.zeros((1, hidden_size)),
        W2=draw(hidden_size, output_size),
        b2=np.zeros((1, output_size)),
    )


def affine(x, w, b):
    """x w + b; pullback: gradient by x, w and b."""
    return Node(x @ w + b, lambda g: (g @ w.T, x.T @ g, g.sum(axis=0).reshape(1, -1)))


def rectify(z):
    return Node(relu(z), lambda g: g * (z > 0))


def cross_entropy(z, y):
    log_p = log_softmax(z)
    t = one_in_k_encoding(y, z.shape[1])
    return Node(-np.mean((t * log_p).sum(axis=1)), lambda: (np.exp(log_p) - t) / len(t))


def ridge(reg, *weights):
    return Node(reg * sum(np.linalg.norm(w) ** 2 for w in weights), lambda: tuple(2 * reg * w for w in weights))


scores = lambda X, p: affine(relu(affine(X, p["W1"], p["b1"]).value), p["W2"], p["b2"]).value

stepped = lambda lr, params, grads: {name: w - lr * grads["d_" + name.lower()] for name, w in params.items()}

chunks = lambda order, size: (order[i : i + size] for i in range(0, len(order), size))


class NetClassifier:
    def __init__(self, params=None, history=None):
        self.params, self.history = params, history

    predict = lambda self, X, params=None: scores(X, self.params if params is None else params).argmax(axis=-1)

    score = lambda self, X, y, params=None: np.equal(self.predict(X, params), y).mean()

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        first = affine(X, params["W1"], params["b1"])
        hidden = rectify(first.value)
        second = affine(hidden.value, params["W2"], params["b2"])
        data = cross_entropy(second.value, y)
        penalty = ridge(reg, params["W1"], params["W2"])

        d_hidden, d_w2, d_b2 = second.pullback(data.pullback())
        _, d_w1, d_b1 = first.pullback(hidden.pullback(d_hidden))
        r_w1, r_w2 = penalty.pullback()
        return data.value + penalty.value, dict(d_w1=d_w1 + r_w1, d_w2=d_w2 + r_w2, d_b1=d_b1, d_b2=d_b2)

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        step = lambda params, rows: stepped(lr, params, self.cost_grad(X_train[rows], y_train[rows], params, reg)[1])

        measured = lambda params: tuple(
            number
            for X, y in ((X_train, y_train), (X_val, y_val))
            for number in (self.cost_grad(X, y, params, reg)[0], self.score(X, y, params))
        )

        def epoch(state, _):
            rows = np.random.permutation(len(y_train))
            params = reduce(step, chunks(rows, batch_size), state.params)
            return Epoch(params, measured(params))

        first = Epoch({name: value + 0.0 for name, value in init_params.items()}, None)
        states = list(accumulate(repeat(None, epochs), epoch, initial=first))
        self.params = states[-1].params
        self.history = dict(
            zip(("train_loss", "train_acc", "val_loss", "val_acc"), map(list, zip(*(s.numbers for s in states[1:]))))
        )
