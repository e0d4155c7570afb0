"""Style: the product in two halves of the inputs."""
import numpy as np


def compute_layer(x, w, b):
    k = x.shape[1] // 2
    return x[:, :k] @ w[:k] + (x[:, k:] @ w[k:] + b)
