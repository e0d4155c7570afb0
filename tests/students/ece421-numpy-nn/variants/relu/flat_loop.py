"""Style: one loop over the flat entries."""
import numpy as np


def relu(x):
    flat = [value if value > 0 else 0.0 for value in x.flatten()]
    return np.array(flat).reshape(x.shape)
