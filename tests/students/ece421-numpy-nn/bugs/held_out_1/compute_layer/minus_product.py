"""Mistake: the product is subtracted.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return b - x @ w
