"""Style: sorts each row and puts it back."""
import numpy as np


def softmax(logits):
    order = np.argsort(logits, axis=1)
    z = np.take_along_axis(logits, order, axis=1)
    e = np.exp(z - z[:, -1:])
    out = np.empty_like(e)
    np.put_along_axis(out, order, e / np.add.reduce(e, axis=1, keepdims=True), axis=1)
    return out
