# Functional version: a pure forward pass, a pure step, and the class only keeps the results.
# -- I come from Haskell / F#, hence the small functions --
import numpy as np
from collections import namedtuple

Trace = namedtuple("Trace", "pre hidden logits logp")
KEYS = ("W1", "b1", "W2", "b2")


def one_in_k_encoding(vec, k):
    return np.eye(k)[vec]


def log_softmax(X):
    centred = X - np.amax(X, 1)[:, None]
    return centred - np.log(np.exp(centred).sum(1))[:, None]


def softmax(X):
    return np.exp(log_softmax(X))


def relu(x):
    return x * (x > 0)


def get_init_params(input_dim, hidden_size, output_size):
    he = lambda rows, cols: np.random.normal(0, np.sqrt(2 / rows), (rows, cols))
    return dict(
        W1=he(input_dim, hidden_size),
        b1=np.zeros((1, hidden_size)),
        W2=he(hidden_size, output_size),
        b2=np.zeros((1, output_size)),
    )


def run_net(X, params):
    """Everything the forward pass computes."""
    w1, b1, w2, b2 = map(params.get, KEYS)
    pre = X @ w1 + b1
    hidden = relu(pre)
    logits = hidden @ w2 + b2
    return Trace(pre, hidden, logits, log_softmax(logits))


def penalty(params):
    return sum(float((params[k] ** 2).sum()) for k in ("W1", "W2"))


def grad_step(params, grads, lr):
    """New parameters; the old dictionary is not touched."""
    return {k: params[k] - lr * grads["d_" + k.lower()] for k in KEYS}


def batches(n, size):
    """Index arrays of one shuffled pass over n examples."""
    order = np.random.permutation(n)
    cuts = range(size, n, size)
    return np.split(order, list(cuts))


class NetClassifier:
    def __init__(self):
        self.params = self.history = None

    def predict(self, X, params=None):
        net = run_net(X, params if params is not None else self.params)
        return net.logits.argmax(1)

    def score(self, X, y, params=None):
        right = self.predict(X, params) == y
        return right.mean()

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        t = run_net(X, params)
        m, k = t.logp.shape
        onehot = one_in_k_encoding(y, k)
        nll = -(onehot * t.logp).sum() / m
        cost = nll + reg * penalty(params)

        err_out = (np.exp(t.logp) - onehot) / m
        err_hid = (err_out @ params["W2"].T) * (t.pre > 0)
        grads = dict(
            d_w1=X.T @ err_hid + 2 * reg * params["W1"],
            d_b1=err_hid.sum(0, keepdims=True),
            d_w2=t.hidden.T @ err_out + 2 * reg * params["W2"],
            d_b2=err_out.sum(0, keepdims=True),
        )
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        params = {k: np.array(init_params[k], dtype=float) for k in KEYS}
        log = []
        for _ in range(epochs):
            for idx in batches(len(X_train), batch_size):
                _, grads = self.cost_grad(X_train[idx], y_train[idx], params, reg)
                params = grad_step(params, grads, lr)
            log.append(
                (
                    self.cost_grad(X_train, y_train, params, reg)[0],
                    self.score(X_train, y_train, params),
                    self.cost_grad(X_val, y_val, params, reg)[0],
                    self.score(X_val, y_val, params),
                )
            )
        self.params = params
        columns = list(zip(*log)) or [()] * 4
        self.history = dict(zip(("train_loss", "train_acc", "val_loss", "val_acc"), map(list, columns)))
