"""Two-layer net with named steps, a cache per call and hooks after each iteration."""
from functools import partial

import numpy as np

STEPS = {}


def step(name):
    def register(fn):
        STEPS[name] = fn
        return fn

    return register


@step("z1")
def _z1(c):
    return c["X"].dot(c["W1"]) + c["b1"]


@step("a1")
def _a1(c):
    return c["z1"] * (c["z1"] > 0)


@step("scores")
def _scores(c):
    return c["a1"].dot(c["W2"]) + c["b2"]


@step("p")
def _p(c):
    e = np.exp(c["scores"] - c["scores"].max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@step("data_loss")
def _data_loss(c):
    top = c["scores"].max(axis=1)
    log_norm = top + np.log(np.exp(c["scores"] - top[:, None]).sum(axis=1))
    return np.mean(log_norm - np.take_along_axis(c["scores"], c["y"][:, None], axis=1)[:, 0])


@step("reg_loss")
def _reg_loss(c):
    squares = [np.square(c[name]) for name in ("W1", "W2")]
    return c["reg"] * sum(s.sum() for s in squares)


@step("d_scores")
def _d_scores(c):
    d = c["p"].copy()
    d[np.arange(len(d)), c["y"]] -= 1
    return d / len(d)


@step("d_z1")
def _d_z1(c):
    return c["d_scores"].dot(c["W2"].T) * (c["z1"] > 0)


def ask(cache, name):
    if name not in cache:
        cache[name] = STEPS[name](cache)
    return cache[name]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        shapes = {"W1": (input_size, hidden_size), "W2": (hidden_size, output_size)}
        self.params = {name: std * np.random.randn(*shape) for name, shape in shapes.items()}
        self.params["b1"] = np.zeros(hidden_size)
        self.params["b2"] = np.zeros(output_size)
        self.caches = {}

    def new_cache(self, X, key):
        self.caches = {key: {"X": X, **self.params}}
        return self.caches[key]

    def loss(self, X, y=None, reg=0.0):
        cache = self.new_cache(X, f"loss-{X.shape}")
        for name in ("z1", "a1", "scores"):
            ask(cache, name)
        if y is None:
            return cache["scores"]
        cache.update(y=np.asarray(y), reg=reg)
        for name in ("p", "data_loss", "reg_loss", "d_scores", "d_z1"):
            ask(cache, name)
        grads = {
            f"{kind}{number}": value
            for number, source, delta in ((1, "X", "d_z1"), (2, "a1", "d_scores"))
            for kind, value in (
                ("W", cache[source].T.dot(cache[delta]) + 2 * reg * cache[f"W{number}"]),
                ("b", cache[delta].sum(axis=0)),
            )
        }
        return cache["data_loss"] + cache["reg_loss"], grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
              reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        log = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        state = {"rate": learning_rate, "per_pass": max(len(X) // batch_size, 1)}
        draw = partial(np.random.choice, len(X), batch_size, replace=batch_size > len(X))

        def descend(it, rows, grads):
            for name, grad in grads.items():
                self.params[name] = self.params[name] - state["rate"] * grad

        def decay(it, rows, grads):
            if (it + 1) % state["per_pass"] == 0:
                log["train_acc_history"].append(np.mean(self.predict(X[rows]) == y[rows]))
                log["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
                state["rate"] *= learning_rate_decay

        hooks = [descend, decay]
        for it in range(num_iters):
            rows = draw()
            loss, grads = self.loss(X[rows], y[rows], reg)
            log["loss_history"].append(loss)
            for hook in hooks:
                hook(it, rows, grads)
            if verbose and it % 100 == 0:
                print(f"{it:5d} / {num_iters}: {loss:.4f}")
        return log

    def predict(self, X):
        cache = self.new_cache(X, "predict")
        for name in ("z1", "a1", "scores"):
            ask(cache, name)
        return cache["scores"].argmax(axis=1)
