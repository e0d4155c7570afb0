"""Style: the zero takes the argument's type."""
import numpy as np


def relu(z):
    z = np.asarray(z)
    return np.fmax(z, z.dtype.type(0))
