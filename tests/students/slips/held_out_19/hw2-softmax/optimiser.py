import numpy as np


def softmax_classifier(W, input, label, lamda):
    n = input.shape[0]
    S = np.empty((n, W.shape[1]))
    col = np.empty((n, 1))
    np.dot(input, W, out=S)
    np.max(S, axis=1, keepdims=True, out=col)
    np.subtract(S, col, out=S)
    pred = S.argmax(axis=1)
    loss = -np.einsum("nk,nk->", label, S)
    np.exp(S, out=S)
    np.sum(S, axis=1, keepdims=True, out=col)
    np.divide(S, col, out=S)
    loss += np.log(col, out=col).sum()
    loss /= n
    S -= label
    G = np.dot(S.T, input).T / n
    G += lamda * W
    w = W.ravel()
    return loss + 0.5 * lamda * np.dot(w, w), G, pred
