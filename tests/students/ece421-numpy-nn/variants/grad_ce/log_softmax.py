"""Style: the exponential of a log-softmax."""
import numpy as np


def grad_ce(target, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return (np.exp(log_p) - target) / len(target)
