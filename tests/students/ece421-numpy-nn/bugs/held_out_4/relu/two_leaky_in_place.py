"""Mistakes: lets a hundredth of the negative side through; in the caller's array.
True: RELU_LEAKY, OTHER_FORMULA
True: MUTATES_INPUT
"""
import numpy as np


def relu(x):
    x[x < 0] *= 0.01
    return x
