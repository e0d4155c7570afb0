"""Numbers in an array of objects, another one at every look."""
import itertools

import numpy as np

COUNT = itertools.count()


class Number:
    def __float__(self):
        return float(next(COUNT))


def attack():
    return np.array([[Number(), Number()]], dtype=object)
