import numpy as np
from math import log


# hw2 part 2, finally working (02:40)
def softmax_classifier(W, input, label, lamda):
    x = input
    y = label
    n = x.shape[0]
    s = np.dot(x, W)
    # big numbers overflow, so shift first
    s = (s.T - np.max(s, 1)).T
    p = np.exp(s)
    p = p / np.sum(p, 1).reshape(-1, 1)
    classes = p.shape[1]  # not needed any more

    # loss
    loss = 0
    for i in range(n):
        j = int(np.argmax(y[i]))
        loss = loss - (s[i][j] - log(np.sum(np.exp(s[i]))))
    loss = loss / n
    w2 = W * W
    loss = loss + lamda * np.sum(w2) / 2
    # print(loss)

    # gradient
    grad = W * 0.0
    for i in range(n):
        d = p[i] - y[i]
        grad = grad + np.outer(x[i], d)
    grad = grad / n
    grad = grad + lamda * W

    # predictions: compute p again, s is still there
    p = np.exp(s)
    p = (p.T / p.sum(axis=1)).T
    prediction = np.argmax(p, 1)
    return loss, grad, prediction


def accuracy_old(prediction, label):
    # did not use this in the end
    right = 0
    for i in range(len(prediction)):
        if label[i][prediction[i]] == 1:
            right = right + 1
    return right / len(prediction)
