"""Style: plain Python over the entries that count."""
import math
import numpy as np


def average_ce(target, prediction):
    terms = [
        -t * math.log(p)
        for t_row, p_row in zip(target.tolist(), prediction.tolist())
        for t, p in zip(t_row, p_row)
        if t != 0
    ]
    return math.fsum(terms) / len(target)
