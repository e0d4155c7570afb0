"""Raise with a traceback that was taken in another function."""
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def softmax(logits):
    try:
        relu("x")
    except Exception as error:
        raise ValueError("not I").with_traceback(error.__traceback__)
