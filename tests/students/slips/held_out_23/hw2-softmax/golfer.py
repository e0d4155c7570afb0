import numpy as np


def softmax_classifier(W, input, label, lamda):
    s = input @ W
    s -= np.maximum.reduce(s, axis=1, keepdims=True)
    p = s - np.log(np.add.reduce(np.exp(s), axis=1, keepdims=True))
    r = np.arange(n := len(s)), label.argmax(1)
    loss = lamda / 2 * np.vdot(W, W) - np.add.reduce(p[r]) / n
    np.exp(p, out=p)
    c = p.argmax(1)
    np.subtract.at(p, r, 1)
    return loss, np.add(input.T @ p / n, lamda * W), c
