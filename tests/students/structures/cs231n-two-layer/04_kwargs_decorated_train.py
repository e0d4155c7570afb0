"""train takes its hyperparameters through a signature-keeping decorator into a settings object."""
import functools
import inspect
import types

import numpy as np


def settings(f):
    """The decorated function sees (self, X, y, X_val, y_val, cfg)."""

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        cfg = types.SimpleNamespace(
            learning_rate=learning_rate,
            learning_rate_decay=learning_rate_decay,
            reg=reg,
            num_iters=num_iters,
            batch_size=batch_size,
            verbose=verbose,
        )
        return f(self, X, y, X_val, y_val, cfg)

    train.__doc__ = f.__doc__
    train.__wrapped_body__ = f
    return train


def checked(f):
    signature = inspect.signature(f)

    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        a = bound.arguments
        X, y = a["X"], a["y"]
        assert X.ndim == 2, X.shape
        assert y is None or len(y) == len(X), (len(X), len(y))
        return f(*bound.args, **bound.kwargs)

    return wrapper


def unbroadcast(g, shape):
    """Sums over what broadcasting has added."""
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g.reshape(shape)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    @checked
    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        N, D = X.shape
        fc1 = X.dot(W1) + b1
        X2 = fc1.clip(0, None)
        scores = X2.dot(W2) + b2
        if y is None:
            return scores
        stable = scores - scores.max(axis=1).reshape(-1, 1)
        denominators = np.exp(stable).sum(axis=1)
        loss = 0.0
        dscores = np.zeros_like(scores)
        for i in range(N):
            loss += np.log(denominators[i]) - stable[i, y[i]]
            dscores[i] = np.exp(stable[i]) / denominators[i]
            dscores[i, y[i]] -= 1
        loss = loss / N + reg * (np.sum(W2 * W2) + np.sum(W1 * W1))
        dscores = dscores / N
        dfc1 = dscores.dot(W2.T) * (fc1 > 0)
        grads = {
            "W2": X2.T.dot(dscores) + reg * 2 * W2,
            "b2": unbroadcast(dscores, b2.shape),
            "W1": X.T.dot(dfc1) + reg * 2 * W1,
            "b1": unbroadcast(dfc1, b1.shape),
        }
        return loss, grads

    @settings
    def train(self, X, y, X_val, y_val, cfg):
        """Random batches; the rate decays at the end of each pass."""
        num_train = X.shape[0]
        every = max(num_train // cfg.batch_size, 1)
        rate = cfg.learning_rate
        record = types.SimpleNamespace(loss_history=[], train_acc_history=[], val_acc_history=[])
        for it in range(cfg.num_iters):
            batch = np.random.randint(0, num_train, cfg.batch_size)
            loss, grads = self.loss(X[batch], y[batch], reg=cfg.reg)
            record.loss_history.append(loss)
            for key, value in self.params.items():
                self.params[key] = value - rate * grads[key]
            if it % every == every - 1:
                record.train_acc_history.append(np.mean(self.predict(X[batch]) == y[batch]))
                record.val_acc_history.append(np.mean(self.predict(X_val) == y_val))
                rate *= cfg.learning_rate_decay
        return vars(record)

    def predict(self, X):
        return np.array(list(map(np.argmax, self.loss(X))))
