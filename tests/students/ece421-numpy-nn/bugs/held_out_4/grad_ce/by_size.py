"""Mistake: divides by the number of entries.
True: DIVIDES_BY_NK, OTHER_DIVISOR, OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    diff = softmax(logits) - target
    return diff / diff.size
