"""Style: a layer object."""
import numpy as np


class _compute_layer_object:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        return x.dot(self.w) + self.b


def compute_layer(x, w, b):
    return _compute_layer_object(w, b).forward(x)
