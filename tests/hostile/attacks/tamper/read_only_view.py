"""A view of the question itself that cannot be written to, run backwards."""
import numpy as np


def softmax(logits):
    view = logits[::-1, ::-1]
    view.flags.writeable = False
    return np.broadcast_to(view, (1, *view.shape))[0]
