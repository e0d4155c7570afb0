"""Replace what arrays are made and looked at with."""
import numpy as np


class Array(np.ndarray):
    pass


def attack():
    np.asarray = lambda value, *arguments, **keywords: np.zeros((5, 3))
    np.ndarray = Array
    np.generic = np.bool_ = np.integer = float
    return 1.0
