"""Five derivations as code. Write the bodies; keep the names and the order of the arguments.

All arrays are float64, class numbers and window lengths are whole numbers. Change no argument: make new arrays. The
handout says what each function must give.
"""

import numpy as np  # noqa: F401 - for the bodies to come


def softmax_jacobian(z):
    """z (C,) logits -> J (C, C) with J[k, j] = dp[k] / dz[j], p = softmax(z). Logits of 1000 give no NaN."""
    raise NotImplementedError


def nll(yhat, y):
    """yhat (N, C) probabilities, y (N,) class numbers from 0 -> a number: the total negative log likelihood."""
    raise NotImplementedError


def nll_grad(yhat, y):
    """The same arguments -> (N, C): the derivative of nll by yhat."""
    raise NotImplementedError


def avg_pool1d(x, W):
    """x (n,), W a whole number from 1 to n -> y (n-W+1,): the mean of each window of W entries."""
    raise NotImplementedError


def avg_pool1d_backward(dy, n, W):
    """dy (n-W+1,) the upstream gradient, n and W whole numbers -> dx (n,)."""
    raise NotImplementedError


def max_pool1d(x, W):
    """x (n,), W a whole number from 1 to n -> y (n-W+1,): the largest entry of each window of W entries."""
    raise NotImplementedError


def max_pool1d_backward(dy, x, W):
    """dy (n-W+1,) the upstream gradient, x (n,), W a whole number -> dx (n,)."""
    raise NotImplementedError


def conv1d(x, w):
    """x (n,), w (3,) the kernel with its middle entry at index 0 -> y (n,): the convolution, x = 0 outside."""
    raise NotImplementedError


def conv1d_backward(dy, x, w):
    """dy (n,) the upstream gradient, x (n,), w (3,) -> dx (n,), dw (3,)."""
    raise NotImplementedError
