"""Style: nested lists from plain Python.
Returns: lists
"""
import math
import numpy as np


def softmax(logits):
    def one(row):
        top = max(row)
        e = [math.exp(value - top) for value in row]
        return [value / sum(e) for value in e]

    return [one(row) for row in logits]
