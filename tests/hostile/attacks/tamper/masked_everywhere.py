"""An array all of whose entries do not count."""
import numpy as np


def softmax(logits):
    return np.ma.masked_all(logits.shape)
