"""Style: the target rebuilt from class numbers."""
import numpy as np


def grad_ce(target, logits):
    labels = target.argmax(axis=1)
    return (softmax(logits) - np.eye(logits.shape[1])[labels]) / logits.shape[0]
