"""Mistake: gives 1 where x is positive, the derivative.
True: RELU_STEP, OTHER_FORMULA
"""
import numpy as np


def relu(x):
    return np.array([[1.0 if value > 0 else 0.0 for value in row] for row in x])
