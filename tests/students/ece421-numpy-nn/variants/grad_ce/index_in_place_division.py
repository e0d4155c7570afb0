"""Style: the same with an in-place division."""
import numpy as np


def grad_ce(target, logits):
    y = target.argmax(axis=1)
    grad = np.array(softmax(logits), dtype=float)
    grad[range(len(y)), y] -= 1
    grad /= len(y)
    return grad
