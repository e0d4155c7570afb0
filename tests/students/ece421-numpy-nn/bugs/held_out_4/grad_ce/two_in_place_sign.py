"""Mistakes: the shift changes the caller's logits; the difference the other way round.
True: MUTATES_INPUT
True: SIGN
"""
import numpy as np


def grad_ce(target, logits):
    logits -= logits.max(axis=1).reshape(-1, 1)
    p = np.exp(logits) / np.exp(logits).sum(axis=1).reshape(-1, 1)
    return (target - p) / len(target)
