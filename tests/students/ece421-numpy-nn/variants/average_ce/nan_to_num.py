"""Style: NaN of 0 log 0 replaced by 0."""
import numpy as np


def average_ce(target, prediction):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.nan_to_num(target * np.log(prediction)).sum() / len(target)
