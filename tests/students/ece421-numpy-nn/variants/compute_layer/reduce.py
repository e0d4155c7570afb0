"""Style: functools.reduce over the inputs."""
from functools import reduce
import numpy as np


def compute_layer(x, w, b):
    return reduce(lambda z, d: z + np.outer(x[:, d], w[d]), range(w.shape[0]), b + np.zeros((len(x), 1)))
