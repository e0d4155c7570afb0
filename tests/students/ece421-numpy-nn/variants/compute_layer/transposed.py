"""Style: (w^T x^T)^T."""
import numpy as np


def compute_layer(x, w, b):
    return (w.T @ x.T).T + b
