"""A very small tape: every operation is a class with a forward and a hand-derived backward, a graph strings them."""

from dataclasses import dataclass, field
from functools import partial

import numpy as np

OPERATIONS = {}


def operation(name):
    """Puts a class into the registry."""

    def put(cls):
        OPERATIONS[name] = cls
        return cls

    return put


class Parameter:
    """A value and the sum of all gradients that reach it."""

    def __init__(self, value):
        self.value = value
        self.grad = np.zeros(np.shape(value))

    def receive(self, g):
        self.grad = self.grad + g


class Op:
    def __call__(self, *args):
        out, self.saved = self.run(*args)
        return out


@operation("affine")
class Affine(Op):
    def run(self, x, w):
        return np.matmul(x, w.value), (x, w)

    def back(self, upstream):
        x, w = self.saved
        w.receive(np.matmul(np.transpose(x), upstream))


@operation("log_softmax")
class LogSoftmax(Op):
    def run(self, s):
        top = np.max(s, axis=1)
        centred = (s.T - top).T
        lse = np.log(np.exp(centred).sum(axis=1))
        out = (centred.T - lse).T
        return out, out

    def back(self, upstream):
        prob = np.exp(self.saved)
        return upstream - prob * upstream.sum(axis=1)[:, np.newaxis]


@operation("mean_nll")
class MeanNLL(Op):
    def run(self, logp, target):
        count = target.shape[0]
        return np.vdot(target, logp) / -count, (target, count)

    def back(self, upstream):
        target, count = self.saved
        return -upstream * target / count


@operation("ridge")
class Ridge(Op):
    def __init__(self, strength):
        self.strength = strength

    def run(self, w):
        return self.strength / 2 * np.square(w.value).sum(), w

    def back(self, upstream):
        self.saved.receive(upstream * self.strength * self.saved.value)


@dataclass
class Graph:
    """Runs the pieces, remembers how to walk back."""

    steps: list = field(default_factory=list)

    def then(self, op, *args):
        out = op(*args)
        self.steps.append(op)
        return out

    def walk_back(self, seed=1.0):
        g = seed
        for op in reversed(self.steps):
            g = op.back(g)


def build(kind, *args):
    return OPERATIONS[kind](*args)


def softmax_classifier(W, input, label, lamda):
    weights, graph = Parameter(W), Graph()
    make = partial(build)
    scores = graph.then(make("affine"), input, weights)
    logp = graph.then(make("log_softmax"), scores)
    data_term = graph.then(make("mean_nll"), logp, label)
    penalty = make("ridge", lamda)
    loss = data_term + penalty(weights)
    graph.walk_back()
    penalty.back(1.0)
    return float(loss), weights.grad, logp.argmax(axis=1)
