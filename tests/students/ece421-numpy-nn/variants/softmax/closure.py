"""Style: a closure made by a factory."""
import numpy as np


def _softmax_factory(axis):
    def inner(z):
        e = np.exp(z - np.max(z, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis, keepdims=True)

    return inner


def softmax(logits):
    return _softmax_factory(1)(logits)
