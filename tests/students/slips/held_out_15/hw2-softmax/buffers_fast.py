"""Softmax classifier, as few temporaries as I can manage."""

import numpy as np


def softmax_classifier(W, input, label, lamda):
    n, d = input.shape
    c = W.shape[1]
    rows = np.arange(n)
    truth = label.argmax(axis=1)

    s = np.empty((n, c))
    np.matmul(input, W, out=s)
    prediction = s.argmax(axis=1)
    top = np.take_along_axis(s, prediction[:, None], axis=1)
    np.subtract(s, top, out=s)

    picked = np.take_along_axis(s, truth[:, None], axis=1).ravel()

    np.exp(s, out=s)
    total = np.einsum("nc->n", s)
    loss = (np.log(total) - picked).sum() / n
    flat = W.ravel()
    loss += 0.5 * lamda * np.dot(flat, flat)

    s /= total[:, None]
    s[rows, truth] -= 1.0
    s *= 1.0 / n

    gradient = np.multiply(W, lamda)
    gradient += np.dot(input.T, s)
    return loss, gradient, prediction
