"""Style: the largest of a stack of x and zeros."""
import numpy as np


def relu(x):
    return np.maximum.reduce([x, np.zeros_like(x)])
