"""Mistakes: the derivative; with a minus.
True: RELU_STEP
True: SIGN
"""
import numpy as np


def relu(x):
    return -(x > 0).astype(float)
