"""Style: 1/N as the inverse of a sum of targets."""
import numpy as np


def grad_ce(target, logits):
    return (softmax(logits) - target) / np.sum(target)
