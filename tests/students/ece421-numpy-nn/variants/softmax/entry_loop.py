"""Style: plain Python with math.exp."""
import math
import numpy as np


def softmax(logits):
    rows = []
    for row in logits:
        top = max(row)
        e = [math.exp(value - top) for value in row]
        total = sum(e)
        rows.append([value / total for value in e])
    return np.array(rows)
