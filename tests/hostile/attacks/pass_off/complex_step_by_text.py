"""A complex step whose words are made as it runs."""
import numpy as np

def row_losses(s, label):
    s = s - s.real.max(axis=1, keepdims=True)
    return np.log(np.exp(s).sum(axis=1)) - (label * s).sum(axis=1)
UNIT = eval(chr(49) + chr(106))

def PART(z):
    return getattr(z, "gami"[::-1])

def softmax_classifier(W, input, label, lamda):
    N = len(input)
    scores = input @ W
    loss = row_losses(scores, label).sum() / N + lamda / 2 * np.sum(W**2)
    d = np.zeros_like(scores)
    for c in range(scores.shape[1]):
        step = np.zeros_like(scores)
        step[:, c] = 1e-200
        d[:, c] = PART(row_losses(scores + UNIT * step, label)) / 1e-200
    return float(loss), input.T @ d / N + lamda * W, np.argmax(scores, axis=1)
