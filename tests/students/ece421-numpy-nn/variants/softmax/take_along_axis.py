"""Style: the shift is picked with np.take_along_axis."""
import numpy as np


def softmax(logits):
    top = np.take_along_axis(logits, np.argmax(logits, axis=1)[:, np.newaxis], axis=1)
    weights = np.exp(np.subtract(logits, top))
    return np.divide(weights, np.add.reduce(weights, axis=1, keepdims=True))
