"""Mistake: adds the bias to every weight before the product.
True: OTHER_FORMULA
"""
import numpy as np


def compute_layer(x, w, b):
    return x @ (w + b)
