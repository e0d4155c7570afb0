"""Hundreds of arrays without an entry, each as wide as may be."""
import numpy as np


def softmax(x):
    return [np.zeros((65536, 0)) for _ in range(500)]
