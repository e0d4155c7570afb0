"""Style: np.asmatrix, converted back."""
import numpy as np


def compute_layer(x, w, b):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(np.asmatrix(x) * np.asmatrix(w) + np.asmatrix(b))
