"""Mistake: the bias is forgotten.
True: BIAS_IGNORED, OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    out = []
    for sample in x:
        out.append(np.dot(sample, w))
    return np.array(out)
