"""Net classifier: layers register with a decorator, forward leaves a tape, backward walks it."""
from functools import partial

import numpy as np

LAYERS = {}


def layer(name):
    def add(pair):
        LAYERS[name] = pair()
        return pair

    return add


def relu(x):
    return np.clip(x, 0, None)


def softmax(X):
    e = np.exp(X - X.max(axis=1)[:, None])
    return e / e.sum(axis=1)[:, None]


def one_in_k_encoding(vec, k):
    out = np.zeros((len(vec), k))
    np.put_along_axis(out, np.asarray(vec)[:, None], 1.0, axis=1)
    return out


@layer("affine")
def _affine():
    def forward(x, w, b):
        return np.matmul(x, w) + b

    def backward(upstream, x, w):
        return {"x": upstream @ w.T, "w": x.T @ upstream, "b": upstream.sum(axis=0)[None, :]}

    return {"forward": forward, "backward": backward}


@layer("relu")
def _relu():
    def backward(upstream, x):
        return {"x": upstream * np.sign(relu(x))}

    return {"forward": relu, "backward": backward}


def run(X, params):
    """Tape of everything that was computed."""
    affine = LAYERS["affine"]["forward"]
    tape = {"x": X}
    tape["z1"] = affine(tape["x"], params["W1"], params["b1"])
    tape["a1"] = LAYERS["relu"]["forward"](tape["z1"])
    tape["z2"] = affine(tape["a1"], params["W2"], params["b2"])
    tape["p"] = softmax(tape["z2"])
    return tape


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        tape = run(X, params or self.params)
        return np.argmax(tape["p"], axis=1)

    def score(self, X, y, params=None):
        return np.count_nonzero(self.predict(X, params) == y) / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        tape = run(X, params)
        n, k = tape["p"].shape
        weights = {name: params[name] for name in ("W1", "W2")}
        labels = one_in_k_encoding(y, k)
        cost = -np.einsum("nk,nk->", labels, np.log(tape["p"] + 1e-15)) / n
        cost += reg * sum(np.square(w).sum() for w in weights.values())

        upstream = (tape["p"] - labels) / n
        top = LAYERS["affine"]["backward"](upstream, tape["a1"], params["W2"])
        gate = LAYERS["relu"]["backward"](top["x"], tape["z1"])
        bottom = LAYERS["affine"]["backward"](gate["x"], tape["x"], params["W1"])
        grads = {"d_b1": bottom["b"], "d_b2": top["b"]}
        for number, found in ((1, bottom), (2, top)):
            grads[f"d_w{number}"] = found["w"] + 2 * reg * weights[f"W{number}"]
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {name: value.copy() for name, value in init_params.items()}
        history = {f"{part}_{what}": [] for part in ("train", "val") for what in ("loss", "acc")}
        sets = {"train": (X_train, y_train), "val": (X_val, y_val)}

        def after_epoch():
            for part, (X, y) in sets.items():
                history[f"{part}_loss"].append(self.cost_grad(X, y, params, reg)[0])
                history[f"{part}_acc"].append(self.score(X, y, params))

        slopes = partial(self.cost_grad, reg=reg)
        try:
            for _ in range(epochs):
                order = np.random.permutation(len(X_train))
                for start in range(0, len(order), batch_size):
                    rows = order[start:start + batch_size]
                    _, grads = slopes(X_train[rows], y_train[rows], params)
                    for name in params:
                        params[name] = params[name] - lr * grads[f"d_{name.lower()}"]
                after_epoch()
        finally:
            self.params = params
            self.history = history
