"""Mistake: the return stands inside the loop.
True: OTHER_FORMULA
"""
import numpy as np


def average_ce(target, prediction):
    N = target.shape[0]
    loss = 0.0
    for n in range(N):
        for k in range(target.shape[1]):
            if target[n, k] == 1:
                loss += -np.log(prediction[n, k] + 1e-15)
        return loss / N
