"""Style: an object with __call__ behind a function."""
import numpy as np


class _relu_layer:
    def __call__(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0.0)


def relu(x):
    return _relu_layer()(x)
