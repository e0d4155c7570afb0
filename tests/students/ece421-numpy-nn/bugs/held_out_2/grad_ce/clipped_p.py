"""Mistake: probabilities are cut to 0.1 ... 0.9.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    return (np.clip(softmax(logits), 0.1, 0.9) - target) / len(target)
