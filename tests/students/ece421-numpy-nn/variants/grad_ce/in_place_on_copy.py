"""Style: in-place steps on a copy."""
import numpy as np


def grad_ce(target, logits):
    d = np.array(softmax(logits), dtype=float)
    d -= target
    d *= 1.0 / d.shape[0]
    return d
