"""Softmax regression and a two-layer network in NumPy. Write the bodies; keep names and the order of the arguments.

N examples are N rows. Labels are whole numbers from 0 (of any integer type). C classes: any C from 2 up, not only 10.
softmax_loss changes nothing; the two epochs change their weights in place and return nothing. The handout says what
is asked.
"""

import numpy as np  # noqa: F401 - for the bodies to come


def softmax_loss(Z, y):
    """Z (N, C) logits, y (N,) labels -> the average softmax loss over the batch, one number."""
    raise NotImplementedError


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One epoch of descent on theta (D, C), in place: X (N, D), y (N,), `batch` examples a step, in order.

    The last step takes the examples that are left.
    """
    raise NotImplementedError


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One epoch of descent on W1 (D, H) and W2 (H, C), in place, for the logits relu(X W1) W2; no biases."""
    raise NotImplementedError
