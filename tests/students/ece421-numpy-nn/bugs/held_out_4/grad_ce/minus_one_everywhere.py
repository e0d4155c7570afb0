"""Mistake: 1 is subtracted in every entry.
True: OTHER_FORMULA, TARGET_IGNORED
"""
import numpy as np


def grad_ce(target, logits):
    p = softmax(logits)
    return (p - 1) / len(logits)
