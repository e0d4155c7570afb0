"""TwoLayerNet out of (value, pullback) pairs."""

from collections import namedtuple
from functools import reduce
from itertools import accumulate, islice, repeat

import numpy as np

Pair = namedtuple("Pair", ["out", "back"])
Run = namedtuple("Run", ["params", "losses", "rate", "step"])

affine = lambda x, w, b: Pair(x @ w + b, lambda g: {"x": g @ w.T, "w": x.T @ g, "b": np.einsum("ij->j", g)})

relu = lambda z: Pair(np.fmax(z, 0.0), lambda g: np.where(z > 0, g, 0.0))

logsumexp = lambda s: (lambda top: top + np.log(np.exp(s - top).sum(axis=1, keepdims=True)))(
    s.max(axis=1, keepdims=True)
)


def softmax_loss(s, y):
    """Average loss; the pullback gives one row of derivatives for each example."""
    hit = np.equal.outer(y, np.arange(s.shape[1]))
    log_p = s - logsumexp(s)
    return Pair(-log_p[hit].sum() / len(s), lambda: (np.exp(log_p) - hit) / len(s))


def penalty(reg, w):
    return Pair(reg * np.sum(w**2), lambda: 2 * reg * w)


def network(params, X):
    """The two affine layers and what lies between them."""
    one = affine(X, params["W1"], params["b1"])
    mid = relu(one.out)
    return one, mid, affine(mid.out, params["W2"], params["b2"])


def objective(params, X, y, reg):
    one, mid, two = network(params, X)
    data = softmax_loss(two.out, y)
    ridge = {name: penalty(reg, params[name]) for name in ("W1", "W2")}
    g2 = two.back(data.back())
    g1 = one.back(mid.back(g2["x"]))
    raw = {"W1": g1["w"], "b1": g1["b"], "W2": g2["w"], "b2": g2["b"]}
    return (
        reduce(lambda total, part: total + part.out, ridge.values(), data.out),
        {name: g + ridge[name].back() if name in ridge else g for name, g in raw.items()},
    )


def endless_rows(n, size):
    """Batches out of one permutation after the other; each starts where the last one ended."""
    stream = (row for _ in repeat(None) for row in np.random.permutation(n))
    return (np.fromiter(islice(stream, size), dtype=int) for _ in repeat(None))


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = dict(
            W1=std * np.random.randn(input_size, hidden_size),
            b1=np.zeros(hidden_size),
            W2=std * np.random.randn(hidden_size, output_size),
            b2=np.zeros(output_size),
        )

    def loss(self, X, y=None, reg=0.0):
        return network(self.params, X)[-1].out if y is None else objective(self.params, X, y, reg)

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        size = min(batch_size, len(X))
        a_pass = max(len(X) // size, 1)
        decay = lambda step: learning_rate_decay if step % a_pass == 0 else 1.0

        def descend(run, rows):
            value, grads = objective(run.params, X[rows], y[rows], reg)
            return Run(
                {name: w - run.rate * grads[name] for name, w in run.params.items()},
                (value,),
                run.rate * decay(run.step + 1),
                run.step + 1,
            )

        start = Run(dict(self.params), (), learning_rate, 0)
        runs = list(accumulate(islice(endless_rows(len(X), size), num_iters), descend, initial=start))
        accuracy = lambda params, inputs, labels: np.mean(network(params, inputs)[-1].out.argmax(axis=1) == labels)
        self.params = runs[-1].params
        return dict(
            loss_history=[value for run in runs for value in run.losses],
            train_acc_history=[accuracy(run.params, X, y) for run in runs[a_pass::a_pass]],
            val_acc_history=[accuracy(run.params, X_val, y_val) for run in runs[a_pass::a_pass]],
        )

    predict = lambda self, X: np.argmax(self.loss(X), axis=1)
