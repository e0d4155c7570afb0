"""Style: np.put_along_axis lowers the label's entry."""
import numpy as np


def grad_ce(target, logits):
    delta = np.array(softmax(logits), dtype=float)
    label = np.argmax(target, axis=1)[:, None]
    np.put_along_axis(delta, label, np.take_along_axis(delta, label, 1) - 1.0, 1)
    return delta / target.shape[0]
