"""Every operation gives its value and a pullback: the function that takes a gradient by the value back to gradients by
the operands. The network is a composition of them, and nobody writes a delta."""

from functools import partial

import numpy as np


def one_in_k_encoding(vec, k):
    return np.equal.outer(vec, np.arange(k)).astype(float)


def softmax(X):
    return np.exp(X - np.logaddexp.reduce(X, axis=1, keepdims=True))


def relu(x):
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


def affine(x, W, b):
    return x @ W + b, lambda g: (g @ W.T, x.T @ g, g.sum(axis=0).reshape(np.shape(b)))


def rectified(z):
    return relu(z), lambda g: g * np.sign(relu(z))


def likelihood(s, y):
    p = softmax(s)
    picked = p[range(len(y)), y]
    value = -np.log(picked).sum() / len(y)
    return value, lambda g: g / len(y) * (p - one_in_k_encoding(y, p.shape[1]))


def penalty(W, reg):
    return reg * np.vdot(W, W), lambda g: 2 * g * reg * W


def shuffled(n, size):
    """The row numbers in a random order, cut into batches of nearly equal size, none above `size`."""
    tickets = np.random.random(n)
    return np.array_split(np.argsort(tickets), -(-n // size))


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        W1, b1, W2, b2 = map((params or self.params).get, ("W1", "b1", "W2", "b2"))
        return affine(relu(affine(X, W1, b1)[0]), W2, b2)[0].argmax(axis=1)

    def score(self, X, y, params=None):
        return 1 - np.count_nonzero(self.predict(X, params) - y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        z, back_z = affine(X, params["W1"], params["b1"])
        a, back_a = rectified(z)
        s, back_s = affine(a, params["W2"], params["b2"])
        fit, back_fit = likelihood(s, y)
        simple1, back_1 = penalty(params["W1"], reg)
        simple2, back_2 = penalty(params["W2"], reg)

        by_a, by_W2, by_b2 = back_s(back_fit(1.0))
        _, by_W1, by_b1 = back_z(back_a(by_a))
        grads = dict(d_w1=by_W1 + back_1(1.0), d_w2=by_W2 + back_2(1.0), d_b1=by_b1, d_b2=by_b2)
        return fit + simple1 + simple2, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        self.params = dict(init_params)
        cost = partial(self.cost_grad, reg=reg)
        diary = []
        for _ in range(epochs):
            for rows in shuffled(len(y_train), batch_size):
                _, grads = cost(X_train[rows], y_train[rows], self.params)
                self.params = {name: w - lr * grads["d_" + name.lower()] for name, w in self.params.items()}
            diary.append([
                cost(X_train, y_train, self.params)[0],
                self.score(X_train, y_train),
                cost(X_val, y_val, self.params)[0],
                self.score(X_val, y_val),
            ])
        self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), np.array(diary).T))
