"""Style: the mask includes the kink."""
import numpy as np


def relu(x):
    return x * (x >= 0).astype(x.dtype)
