import numpy as np


def softmax_classifier(W, input, label, lamda):
    n, rows, y = len(input), np.arange(len(input)), label.argmax(1)
    s = np.einsum("nd,dc->nc", input, W)
    s -= s.max(1)[:, None]
    lse = np.log(np.exp(s).sum(1))
    z = np.exp(s - lse[:, None])
    loss = (lse - s[rows, y]).mean() + .5 * lamda * np.einsum("ij,ij->", W, W)
    pred = s.argmax(-1)
    d = z / n
    d[rows, y] -= 1 / n
    return loss, np.einsum("nd,nc->dc", input, d) + lamda * W, pred
