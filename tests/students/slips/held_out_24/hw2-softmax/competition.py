import numpy as np


def softmax_classifier(W, input, label, lamda):
    n, d = input.shape
    c = W.shape[1]
    r = np.arange(n)
    t = label.argmax(1)[:, None]
    f = np.empty((n, c))
    np.dot(input, W, out=f)
    o = np.argsort(f, axis=1)
    top = o[:, -1]
    f -= np.take_along_axis(f, o[:, -1:], 1)
    q = np.empty_like(f)
    np.exp(f, out=q)
    s = np.add.reduce(q, axis=1)
    tot = np.log(s).sum() - np.take_along_axis(f, t, 1).sum()
    q *= (1.0 / s)[:, None]
    q.ravel()[r * c + t[:, 0]] -= 1.0
    g = np.empty((d, c))
    np.dot(input.T, q, out=g)
    g *= 1.0 / n
    g += lamda * W
    w = W.ravel()
    return tot / n + 0.5 * lamda * w.dot(w), g, top
