"""Mistake: the product is subtracted.
True: -
"""
import numpy as np


def compute_layer(x, w, b):
    return b - x @ w
