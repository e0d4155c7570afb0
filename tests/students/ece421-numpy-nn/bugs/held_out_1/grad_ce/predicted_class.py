"""Mistake: the predicted class is subtracted, not the target.
True: OTHER_FORMULA
"""
import numpy as np


def grad_ce(target, logits):
    hot = np.eye(logits.shape[1])[logits.argmax(axis=1)]
    return (softmax(logits) - hot) / len(target)
