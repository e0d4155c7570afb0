"""Style: a masked array divides the two kinds of entries."""
import numpy as np


def grad_ce(target, logits):
    n = float(len(target))
    p = np.ma.array(np.asarray(softmax(logits)) / n, mask=target > 0)
    others = p.filled(0.0)
    labels = np.where(target > 0, (p.data * n - target) / n, 0.0)
    return others + labels
