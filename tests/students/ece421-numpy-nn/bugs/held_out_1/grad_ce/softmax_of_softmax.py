"""Mistake: the softmax twice.
True: SOFTMAX_TWICE
"""
import numpy as np


def grad_ce(target, logits):
    return (softmax(softmax(logits)) - target) / len(target)
