"""Mistakes: binary cross-entropy; the total.
True: BINARY_CROSS_ENTROPY
True: TOTAL_NOT_MEAN
"""
import numpy as np


def average_ce(target, prediction):
    p = np.clip(prediction, 1e-12, 1 - 1e-12)
    return -np.sum(target * np.log(p) + (1 - target) * np.log(1 - p))
