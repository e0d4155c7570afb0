"""Style: np.nansum."""
import numpy as np


def average_ce(target, prediction):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.nansum(target * np.log(prediction)) / target.shape[0]
