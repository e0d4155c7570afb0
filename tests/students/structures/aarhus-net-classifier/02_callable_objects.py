# relu and softmax are instances; the network is a little list of layer objects with caches
import numpy as np


class Function:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"


class ReLU(Function):
    __slots__ = ()

    def __call__(self, x):
        return x.clip(min=0)

    def derivative(self, x):
        return (x > 0).astype(float)


class Softmax(Function):
    __slots__ = ()

    def __call__(self, X):
        e = np.exp(X - X.max(1)[:, None])
        return e / e.sum(1)[:, None]


relu = ReLU("relu")
softmax = Softmax("softmax")


class NetClassifier:
    class _Linear:
        def __init__(self, W, b):
            self.W, self.b = W, b

        def __call__(self, X):
            self.X = X
            return X @ self.W + self.b

        def pull(self, delta, reg):
            return self.X.T @ delta + 2 * reg * self.W, delta.sum(0)[None, :], delta @ self.W.T

    class _History(dict):
        """dict with an append of several keys."""

        def push(self, **numbers):
            for k, v in numbers.items():
                self.setdefault(k, []).append(v)

    def __init__(self):
        self.params = None
        self.history = None

    @classmethod
    def _layers(cls, params):
        return cls._Linear(params["W1"], params["b1"]), cls._Linear(params["W2"], params["b2"])

    def predict(self, X, params=None):
        first, second = self._layers(self.params if params is None else params)
        return softmax(second(relu(first(X)))).argmax(-1)

    def score(self, X, y, params=None):
        return (self.predict(X, params=params) == y).mean()

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        first, second = NetClassifier._layers(params)
        z1 = first(X)
        p = softmax(second(relu(z1)))
        n, k = p.shape
        mask = y[:, None] == np.arange(k)[None, :]
        cost = -np.log(p[mask]).mean() + reg * sum((l.W**2).sum() for l in (first, second))
        grads = {}
        grads["d_w2"], grads["d_b2"], back = second.pull((p - mask) / n, reg)
        grads["d_w1"], grads["d_b1"], _ = first.pull(back * relu.derivative(z1), reg)
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        w = {k: v.copy() for k, v in init_params.items()}
        self.history = self._History(train_loss=[], train_acc=[], val_loss=[], val_acc=[])
        index = np.arange(X_train.shape[0])
        for epoch in range(epochs):
            np.random.shuffle(index)
            i = 0
            while i < index.size:
                take = index[i : i + batch_size]
                g = self.cost_grad(X_train[take], y_train[take], w, reg=reg)[1]
                for k in w:
                    w[k] -= lr * g[f"d_{k.lower()}"]  # w is our own copy
                i += batch_size
            self.history.push(
                train_loss=float(self.cost_grad(X_train, y_train, w, reg)[0]),
                train_acc=float(self.score(X_train, y_train, w)),
                val_loss=float(self.cost_grad(X_val, y_val, w, reg)[0]),
                val_acc=float(self.score(X_val, y_val, w)),
            )
        self.params = w
