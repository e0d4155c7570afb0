"""Mistake: a tanh.
True: -
"""
import numpy as np


def relu(x):
    return np.tanh(x)
