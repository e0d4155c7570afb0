"""Mistake: multiplies entry by entry.
True: RAISED, SHAPE, OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return x * w + b
