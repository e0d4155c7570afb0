"""Style: x times a boolean mask."""
import numpy as np


def relu(x):
    return x * (x > 0)
