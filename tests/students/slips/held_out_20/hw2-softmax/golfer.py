import numpy as np


def softmax_classifier(W, input, label, lamda):
    s = (s := input @ W) - s.max(1, keepdims=True)
    p = (e := np.exp(s)) / (Z := e.sum(1, keepdims=True))
    n, t = np.arange(N := len(s)), label.argmax(1)
    return (np.log(Z).sum() - s[n, t].sum()) / N + lamda / 2 * (W * W).sum(), input.T @ (p - label) / N + lamda * W, p.argmax(1)
