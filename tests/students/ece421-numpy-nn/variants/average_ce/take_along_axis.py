"""Style: np.take_along_axis picks the probabilities."""
import numpy as np


def average_ce(target, prediction):
    label = np.argmax(target, axis=-1, keepdims=True)
    picked = np.take_along_axis(prediction, label, axis=-1)
    return float(np.negative(np.log(picked)).mean())
