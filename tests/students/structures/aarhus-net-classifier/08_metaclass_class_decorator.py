import numpy as np


class Registry(type):
    """Metaclass: keeps the classes by name, wraps nothing."""

    known = {}

    def __new__(mcls, name, bases, namespace, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        mcls.known[name] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        obj = super().__call__(*args, **kwargs)
        obj.__dict__.setdefault("params", None)
        obj.__dict__.setdefault("history", None)
        return obj


def with_prediction(cls):
    """Class decorator: adds predict and score on top of cls.probabilities."""

    def predict(self, X, params=None):
        return self.probabilities(X, self.params if params is None else params).argmax(axis=1)

    def score(self, X, y, params=None):
        return np.mean(self.predict(X, params) == y)

    for f in (predict, score):
        f.__qualname__ = f"{cls.__name__}.{f.__name__}"
        setattr(cls, f.__name__, f)
    return cls


def with_descent(*, shuffle=np.random.permutation):
    def decorate(cls):
        def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
            params = {**{k: v.copy() for k, v in init_params.items()}}
            hist = {k: np.empty(epochs) for k in ("train_loss", "train_acc", "val_loss", "val_acc")}
            for e in range(epochs):
                order = shuffle(len(y_train))
                for s in range(0, len(order), batch_size):
                    b = order[s : s + batch_size]
                    _, g = self.cost_grad(X_train[b], y_train[b], params, reg)
                    params = {k: params[k] - lr * g[f"d_{k.lower()}"] for k in params}
                hist["train_loss"][e] = self.cost_grad(X_train, y_train, params, reg)[0]
                hist["train_acc"][e] = self.score(X_train, y_train, params)
                hist["val_loss"][e] = self.cost_grad(X_val, y_val, params, reg)[0]
                hist["val_acc"][e] = self.score(X_val, y_val, params)
            self.params, self.history = params, hist

        cls.fit = fit
        return cls

    return decorate


class Base(metaclass=Registry):
    def __init_subclass__(cls, hidden=None, output=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.hidden = staticmethod(hidden)
        cls.output = staticmethod(output)

    @classmethod
    def probabilities(cls, X, params):
        return cls.output(cls.hidden(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])


def relu(x):
    return np.maximum(x, np.zeros_like(x))


def softmax(X):
    e = np.exp((X.T - X.T.max(axis=0)).T)
    return (e.T / e.T.sum(axis=0)).T


@with_prediction
@with_descent()
class NetClassifier(Base, hidden=relu, output=softmax):
    @classmethod
    def cost_grad(cls, X, y, params, reg=0.0):
        n = X.shape[0]
        W1, b1, W2, b2 = map(params.get, ("W1", "b1", "W2", "b2"))
        z1 = X @ W1 + b1
        a1 = cls.hidden(z1)
        p = cls.output(a1 @ W2 + b2)
        t = (np.arange(W2.shape[1]) == np.reshape(y, (n, 1))).astype(p.dtype)
        cost = -(t * np.log(np.where(t > 0, p, 1))).sum() / n
        cost += reg * np.sum([np.sum(W1**2), np.sum(W2**2)])
        d2 = (p - t) / n
        d1 = d2 @ W2.T * np.sign(a1)
        return cost, {
            "d_w1": X.T @ d1 + 2 * reg * W1,
            "d_w2": a1.T @ d2 + 2 * reg * W2,
            "d_b1": d1.sum(axis=0, keepdims=True),
            "d_b2": d2.sum(axis=0, keepdims=True),
        }
