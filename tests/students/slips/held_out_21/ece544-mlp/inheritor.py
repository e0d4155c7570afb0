import numpy as np


class Activation:
    """value(z), and slope(z, a) with a = value(z)."""

    def value(self, z):
        raise NotImplementedError

    def slope(self, z, a):
        raise NotImplementedError

    def scale(self, fan_in, fan_out):
        return np.sqrt(2 / (fan_in + fan_out))


class Relu(Activation):
    def value(self, z):
        return np.maximum(z, 0)

    def slope(self, z, a):
        return z > 0

    def scale(self, fan_in, fan_out):
        return np.sqrt(2 / fan_in)


class Sigmoid(Activation):
    def value(self, z):
        return np.exp(-np.logaddexp(0, -z))

    def slope(self, z, a):
        return a * (1 - a)


class Tanh(Activation):
    def value(self, z):
        return np.tanh(z)

    def slope(self, z, a):
        return 1 - np.square(a)


ACTIVATIONS = {"relu": Relu, "sigmoid": Sigmoid, "tanh": Tanh}


class Stack:
    """Names of the parameters of a network, and how many layers it has."""

    def __init__(self, params):
        self.params = params

    @property
    def depth(self):
        return len(self.params) // 2

    def weight(self, i):
        return self.params[f"W{i}"]

    def bias(self, i):
        return self.params[f"b{i}"]


class SoftmaxMixin:
    def probabilities(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)


class Perceptron(SoftmaxMixin, Stack):
    def __init__(self, params, act):
        super().__init__(params)
        self.activation = ACTIVATIONS[act]()
        self.z = {}
        self.a = {}

    def up(self, X):
        self.a[0] = X
        for i in range(1, self.depth + 1):
            self.z[i] = self.a[i - 1] @ self.weight(i) + self.bias(i)
            last = i == self.depth
            self.a[i] = self.probabilities(self.z[i]) if last else self.activation.value(self.z[i])
        return self.a[self.depth]

    def down(self, T):
        grads = {name: np.zeros(np.shape(value)) for name, value in self.params.items()}
        delta = (self.a[self.depth] - T) / T.shape[0]
        for i in range(self.depth, 0, -1):
            grads[f"W{i}"] += self.a[i - 1].T @ delta
            grads[f"b{i}"] += delta.sum(axis=0).reshape(grads[f"b{i}"].shape)
            if i > 1:
                delta = delta @ self.weight(i).T
                delta = delta * self.activation.slope(self.z[i - 1], self.a[i - 1])
        return grads


def forward(X, params, act):
    network = Perceptron(dict(params), act)
    return network.up(X), network


def backward(cache, T):
    return cache.down(T)


def predict(X, params, act):
    return Perceptron(params, act).up(X).argmax(axis=1)


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=int)
    np.add.at(counts, (y, yhat), 1)
    return counts


class Batches:
    """Iterates over the shuffled rows once."""

    def __init__(self, n, size, rng):
        self.n, self.size, self.rng = n, size, rng

    def __iter__(self):
        order = self.rng.permutation(self.n)
        for start in range(0, self.n, self.size):
            yield order[start : start + self.size]


class Momentum:
    def __init__(self, lr, momentum):
        self.lr, self.momentum = lr, momentum
        self.velocity = {}

    def step(self, params, grads):
        for name, grad in grads.items():
            self.velocity[name] = self.momentum * self.velocity.get(name, 0.0) + self.lr * grad
            params[name] = params[name] - self.velocity[name]


class Trainer:
    def __init__(self, act, rng, optimizer):
        self.act, self.rng, self.optimizer = act, rng, optimizer

    def fresh(self, sizes):
        scale = ACTIVATIONS[self.act]().scale
        params = {}
        for i, (before, after) in enumerate(zip(sizes, sizes[1:]), 1):
            params[f"W{i}"] = self.rng.normal(0, scale(before, after), (before, after))
            params[f"b{i}"] = np.zeros((1, after))
        return params

    def fit(self, params, X, T, batch_size, epochs):
        for _ in range(epochs):
            for rows in Batches(len(X), batch_size, self.rng):
                _, cache = forward(X[rows], params, self.act)
                self.optimizer.step(params, backward(cache, T[rows]))
        return params


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    classes = int(max(y.max(), yv.max())) + 1
    widths = (hidden,) if np.isscalar(hidden) else tuple(hidden)
    trainer = Trainer(act, rng, Momentum(lr, momentum))
    params = trainer.fresh((X.shape[1], *widths, classes))
    return trainer.fit(params, X, np.eye(classes)[y], batch_size, epochs)
