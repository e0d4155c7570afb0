"""Raise from a line that belongs to another function, so that the blame moves there."""
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def softmax(logits):
    place = relu.__code__.co_firstlineno
    exec(compile("\n" * (place - 1) + "raise ValueError('not I')", "attack.py", "exec"))
