"""Let NumPy leave a file."""
import numpy as np


def attack():
    np.save("/tmp/left.npy", np.ones(3))
