"""Let NumPy open a file."""
import numpy as np


def attack(folder):
    return float(np.fromfile(folder + "/answers.py", np.uint8).sum())
