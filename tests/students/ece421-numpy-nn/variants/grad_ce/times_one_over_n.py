"""Style: a factor of 1/N in front."""
import numpy as np


def grad_ce(target, logits):
    n = logits.shape[0]
    return 1 / n * (softmax(logits) - target)
