"""Mistake: written for one number, so that an array has no truth value.
True: RAISED
"""
import numpy as np


def relu(x):
    if x > 0:
        return x
    else:
        return 0
