"""Mistake: the famous three lines for one vector, used on a matrix.
True: SOFTMAX_WHOLE_MATRIX, OTHER_FORMULA
"""
import numpy as np


def softmax(logits):
    e_x = np.exp(logits - np.max(logits))
    return e_x / e_x.sum()
