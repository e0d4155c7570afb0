"""Mistake: the smooth version, log(1 + exp(x)).
True: OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.log(1 + np.exp(x))
