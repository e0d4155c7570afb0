"""Softmax classifier in NumPy. Write the body; keep the name and the order of the arguments.

All arrays are float64. N examples are N rows; D inputs (the last may be a column of ones, so that there is a bias), C
classes (any C from 2 up, not only 10). Change no argument: make new arrays. The handout says what is asked.
"""

import numpy as np  # noqa: F401 - for the body to come


def softmax_classifier(W, input, label, lamda):
    """W (D, C), input (N, D), label (N, C) one-hot, lamda a number -> loss, gradient (D, C), prediction (N,).

    loss: average cross-entropy + lamda/2 times the sum of the squared weights. gradient: its derivative by W.
    prediction: the class numbers with the largest probability.
    """
    raise NotImplementedError
