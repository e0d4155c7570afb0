"""Style: p[range(N), y] -= 1."""
import numpy as np


def grad_ce(target, logits):
    p = np.array(softmax(logits))
    p[np.arange(len(p)), np.argmax(target, axis=1)] -= 1
    return p / len(p)
