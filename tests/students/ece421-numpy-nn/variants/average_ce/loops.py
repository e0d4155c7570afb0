"""Style: two loops."""
import math
import numpy as np


def average_ce(target, prediction):
    total = 0.0
    for n in range(target.shape[0]):
        for k in range(target.shape[1]):
            if target[n, k] > 0:
                total -= target[n, k] * math.log(prediction[n, k])
    return total / target.shape[0]
