"""Raise through code that bears the name and the lines of another function."""
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def _thrower(x):
    raise ValueError("not I")


def softmax(logits):
    _thrower.__code__ = _thrower.__code__.replace(co_name="relu", co_firstlineno=relu.__code__.co_firstlineno)
    return _thrower(logits)
