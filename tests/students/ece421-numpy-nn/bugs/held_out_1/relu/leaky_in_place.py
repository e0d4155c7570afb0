"""Mistakes: lets 1 % through; changes its argument.
True: RELU_LEAKY
True: MUTATES_INPUT
"""
import numpy as np


def relu(x):
    x[x < 0] *= 0.01
    return x
