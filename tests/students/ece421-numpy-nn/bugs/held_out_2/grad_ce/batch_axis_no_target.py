"""Mistakes: over the batch; the target is ignored.
True: SOFTMAX_AXIS
True: TARGET_IGNORED
"""
import numpy as np


def grad_ce(target, logits):
    e = np.exp(logits - logits.max(axis=0))
    return e / e.sum(axis=0) / len(target)
