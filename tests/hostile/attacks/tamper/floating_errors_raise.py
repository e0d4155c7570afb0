"""Let every overflow in this process be an exception."""
import numpy as np


def attack():
    np.seterr(all="raise")
    return 1.0
