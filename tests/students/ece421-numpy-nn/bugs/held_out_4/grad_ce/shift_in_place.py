"""Mistake: the shift of its own softmax changes the caller's logits.
True: MUTATES_INPUT
"""
import numpy as np


def grad_ce(target, logits):
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits)
    p /= p.sum(axis=1, keepdims=True)
    return (p - target) / logits.shape[0]
