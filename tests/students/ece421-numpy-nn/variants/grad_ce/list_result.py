"""Style: nested lists.
Returns: lists
"""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    return [[float(q - t) / len(target) for q, t in zip(ps, ts)] for ps, ts in zip(p, target)]
