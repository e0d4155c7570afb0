"""Forward functions are written once for scalars on a tape; every backward function is a sweep over that tape."""
import math

import numpy as np

_tape = None  # the list that new Vars go to, lazily made


def tape():
    global _tape
    if _tape is None:
        _tape = []
    return _tape


class recording:
    """with recording() as t: ... ; tapes nest."""

    def __enter__(self):
        global _tape
        self.outer, _tape = _tape, []
        return _tape

    def __exit__(self, *error):
        global _tape
        _tape = self.outer
        return False


class Var:
    __slots__ = ("v", "parents", "g")

    def __init__(self, v, parents=()):
        self.v, self.parents, self.g = float(v), parents, 0.0
        tape().append(self)

    def __add__(self, o):
        return Var(self.v + o.v, ((self, 1.0), (o, 1.0))) if isinstance(o, Var) else Var(self.v + o, ((self, 1.0),))

    __radd__ = __add__

    def __mul__(self, o):
        return Var(self.v * o.v, ((self, o.v), (o, self.v))) if isinstance(o, Var) else Var(self.v * o, ((self, float(o)),))

    __rmul__ = __mul__

    def __truediv__(self, o):
        return self * o.inverse() if isinstance(o, Var) else self * (1 / o)

    def __sub__(self, o):
        return self + (-1.0) * o

    def inverse(self):
        return Var(1 / self.v, ((self, -1 / self.v ** 2),))

    def exp(self):
        e = math.exp(self.v)
        return Var(e, ((self, e),))

    def log(self):
        return Var(math.log(self.v), ((self, 1 / self.v),))

    def __gt__(self, o):
        return self.v > o.v


def pull(outputs, seeds, nodes):
    """Derivative of sum seeds * outputs by everything on the tape."""
    for node in nodes:
        node.g = 0.0
    for out, seed in zip(outputs, seeds):
        out.g += float(seed)
    for node in reversed(nodes):
        if node.g:
            for parent, d in node.parents:
                parent.g += d * node.g


def lift(xs):
    return [Var(x) for x in xs]


def values(vs):
    return np.array([v.v for v in vs])


def grads(vs):
    return np.array([v.g for v in vs])


def _softmax(z):
    top = max(v.v for v in z)
    e = [(v + -top).exp() for v in z]
    total = sum(e[1:], e[0])
    return [v / total for v in e]


def _avg(x, W):
    return [sum(x[i + 1:i + W], x[i]) / W for i in range(len(x) - W + 1)]


def _max(x, W):
    return [max(x[i:i + W], key=lambda var: var.v) for i in range(len(x) - W + 1)]


def _conv(x, w):
    out = []
    for i in range(len(x)):
        terms = [x[i - k] * w[k + 1] for k in (-1, 0, 1) if 0 <= i - k < len(x)]
        out.append(sum(terms[1:], terms[0]))
    return out


def softmax_jacobian(z):
    with recording() as nodes:
        zs = lift(z)
        ps = _softmax(zs)
        rows = []
        for k in range(len(ps)):
            pull([ps[k]], [1], nodes)
            rows.append(grads(zs))
    return np.stack(rows)


def _nll(rows, y):
    terms = [row[int(c)].log() * -1 for row, c in zip(rows, y)]
    return sum(terms[1:], terms[0])


def nll(yhat, y):
    with recording():
        return _nll([lift(r) for r in yhat], y).v


def nll_grad(yhat, y):
    with recording() as nodes:
        rows = [lift(r) for r in yhat]
        pull([_nll(rows, y)], [1], nodes)
        return np.stack([grads(r) for r in rows])


def avg_pool1d(x, W):
    with recording():
        return values(_avg(lift(x), W))


def avg_pool1d_backward(dy, n, W):
    with recording() as nodes:
        x = lift(np.zeros(n))
        pull(_avg(x, W), dy, nodes)
        return grads(x)


def max_pool1d(x, W):
    with recording():
        return values(_max(lift(x), W))


def max_pool1d_backward(dy, x, W):
    with recording() as nodes:
        xs = lift(x)
        pull(_max(xs, W), dy, nodes)
        return grads(xs)


def conv1d(x, w):
    with recording():
        return values(_conv(lift(x), lift(w)))


def conv1d_backward(dy, x, w):
    with recording() as nodes:
        xs, ws = lift(x), lift(w)
        pull(_conv(xs, ws), dy, nodes)
        return grads(xs), grads(ws)
