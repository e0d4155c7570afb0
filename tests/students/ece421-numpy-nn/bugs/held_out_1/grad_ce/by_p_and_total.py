"""Mistakes: by the probabilities; the total.
True: GRAD_WRT_PROB
True: TOTAL_NOT_MEAN
"""
import numpy as np


def grad_ce(target, logits):
    return -target / softmax(logits)
