"""One multiplication of matrices that takes longer than anybody waits."""
import numpy as np


def attack():
    a = np.ones((3000, 3000))
    for _ in range(1000):
        a = a @ a * 1e-4
    return float(a[0, 0])
