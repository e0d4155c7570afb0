from typing import Tuple

import numpy as np
from numpy import einsum, exp, log

Array = np.ndarray


def _lse(s: Array) -> Array:
    """log sum exp over classes, shape (N, 1)"""
    top = np.amax(s, axis=-1)[:, None]
    return top + log(einsum("nc->n", exp(s - top)))[:, None]


def softmax_classifier(W: Array, input: Array, label: Array, lamda: float) -> Tuple[float, Array, Array]:
    n = float(label.shape[0])
    s = einsum("nd,dc->nc", input, W)
    logp = s - _lse(s)
    data = -einsum("nc,nc->", label, logp) / n
    reg = lamda * einsum("dc,dc->", W, W) / 2.0
    dW = einsum("nd,nc->dc", input, exp(logp) - label) / n + lamda * W
    return data + reg, dW, s.argmax(-1)
