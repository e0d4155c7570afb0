"""Mistake: (x w + b) / D.
True: DIVIDES_BY_INPUTS, OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return (x @ w + b) / x.shape[1]
