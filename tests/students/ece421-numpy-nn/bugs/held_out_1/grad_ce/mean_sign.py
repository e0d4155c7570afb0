"""Mistakes: the mean over the batch; the sign.
True: MEAN_OVER_BATCH_SHAPE
True: SIGN
"""
import numpy as np


def grad_ce(target, logits):
    return np.mean(target - softmax(logits), axis=0, keepdims=True)
