"""Mistake: the softmax is taken of the target.
True: ARGUMENTS_SWAPPED, OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    N = len(target)
    return (softmax(target) - logits) / N
