"""Style: nested lists.
Returns: lists
"""
import numpy as np


def relu(x):
    return [[float(max(value, 0)) for value in row] for row in x]
