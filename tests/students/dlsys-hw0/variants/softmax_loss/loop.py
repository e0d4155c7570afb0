"""Style: A loop over the examples."""
import numpy as np


def softmax_loss(Z, y):
    total = 0.0
    for i in range(Z.shape[0]):
        row = Z[i]
        m = max(row)
        total += m + np.log(sum(np.exp(v - m) for v in row)) - row[int(y[i])]
    return total / Z.shape[0]
