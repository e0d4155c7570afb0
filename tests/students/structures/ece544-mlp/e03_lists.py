"""Network written as a linked list of layers; params stay a dict, the list only looks at it."""
import enum
import warnings

import numpy as np


class Kind(enum.Enum):
    RELU = "relu"
    SIGMOID = "sigmoid"
    TANH = "tanh"
    SOFTMAX = None

    def value_of(self, z):
        match self:
            case Kind.RELU:
                return np.maximum(z, 0)
            case Kind.SIGMOID:
                with np.errstate(over="ignore"):
                    return 1 / (1 + np.exp(-z))
            case Kind.TANH:
                return np.tanh(z)
            case Kind.SOFTMAX:
                e = np.exp(z - z.max(axis=1, keepdims=True))
                return e / e.sum(axis=1, keepdims=True)

    def slope_at(self, a):
        """From the value alone: relu is positive where its argument is."""
        if self is Kind.RELU:
            return (a > 0).astype(float)
        if self is Kind.SIGMOID:
            return a - np.square(a)
        return 1 - np.square(a)


class Link:
    """One layer. `next` makes the list, `before` leads back."""

    __slots__ = ("number", "W", "b", "kind", "next", "before", "x", "a")

    def __init__(self, number, W, b, kind, before=None):
        self.number, self.W, self.b, self.kind = number, W, b, kind
        self.before, self.next, self.x, self.a = before, None, None, None
        if before is not None:
            before.next = self

    def __call__(self, x):
        self.x = x
        self.a = self.kind.value_of(x @ self.W + self.b)
        return self.a if self.next is None else self.next(self.a)

    def pull(self, delta, grads):
        """delta is the derivative by the layer's pre-activations."""
        grads[f"W{self.number}"] = self.x.T @ delta
        grads[f"b{self.number}"] = np.sum(delta, axis=0, keepdims=True)
        if self.before is None:
            return grads
        return self.before.pull((delta @ self.W.T) * self.before.kind.slope_at(self.before.a), grads)


def link_up(params, act):
    layers = len(params) // 2
    head = last = None
    for i in range(1, layers + 1):
        last = Link(i, params[f"W{i}"], params[f"b{i}"], Kind(act if i < layers else None), last)
        head = head or last
    return head, last


def forward(X, params, act):
    head, last = link_up(params, act)
    probs = head(X)
    return probs, last


def backward(cache, T):
    grads = cache.pull((cache.a - T) / len(T), {})
    return dict(sorted(grads.items(), key=lambda item: (item[0][1:], item[0][0])))


def predict(X, params, act):
    head, _ = link_up(params, act)
    return np.array([int(np.argmax(p)) for p in head(X)])


def confusion_matrix(y, yhat, K):
    rows, columns = np.eye(K)[np.asarray(y)], np.eye(K)[np.asarray(yhat)]
    return (rows.T @ columns).round().astype(int)


class Momentum:
    def __init__(self, lr, momentum):
        self.lr, self.momentum, self.v = lr, momentum, {}

    def __call__(self, params, grads):
        for name, g in grads.items():
            self.v[name] = self.momentum * self.v.get(name, 0) + self.lr * g
            params[name] = params[name] - self.v[name]
        return params


class Loader:
    """Iterating it again shuffles again."""

    def __init__(self, X, T, size, rng):
        self.X, self.T, self.size, self.rng = X, T, size, rng

    def __len__(self):
        return (len(self.X) + self.size - 1) // self.size

    def __iter__(self):
        order = self.rng.permutation(len(self.X))
        for i in range(len(self)):
            rows = order[i * self.size : (i + 1) * self.size]
            yield self.X[rows], self.T[rows]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if isinstance(hidden, (int, np.integer)):
        hidden = (int(hidden),)
    if len(X) < batch_size:
        warnings.warn("fewer examples than a batch: every epoch is one step")
    classes = max(int(np.max(part)) for part in (y, yv)) + 1
    sizes = [X.shape[1]] + [int(h) for h in hidden] + [classes]
    params = {}
    for i, (before, after) in enumerate(zip(sizes[:-1], sizes[1:])):
        variance = 2 / before if Kind(act) is Kind.RELU else 2 / (before + after)
        params[f"W{i + 1}"] = rng.normal(0, np.sqrt(variance), (before, after))
        params[f"b{i + 1}"] = np.zeros((1, after))
    optimizer, loader = Momentum(lr, momentum), Loader(X, np.eye(classes)[y], batch_size, rng)
    for epoch in range(epochs):
        for inputs, targets in loader:
            _, cache = forward(inputs, params, act)
            params = optimizer(params, backward(cache, targets))
    return params
