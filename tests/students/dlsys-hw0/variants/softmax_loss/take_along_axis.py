"""Style: np.take_along_axis and a reduction of logaddexp from the right."""
from functools import reduce
import numpy as np


def softmax_loss(Z, y):
    log_sum = reduce(np.logaddexp, list(Z.T)[::-1])
    chosen = np.take_along_axis(Z, np.asarray(y, dtype=np.intp).reshape(-1, 1), axis=1)
    return (log_sum.sum() - chosen.sum()) / Z.shape[0]
