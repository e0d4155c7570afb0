"""Eight bytes that claim to be eight terabytes."""
import numpy as np


def attack():
    return np.broadcast_to(1.0, (1 << 20, 1 << 20))
