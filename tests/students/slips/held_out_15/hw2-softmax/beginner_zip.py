# HW2 part 2 - softmax classifier
# (I use lists first because I can print them, arrays at the end)
import numpy as np


def get_scores(x, W):
    # one row of s = x W
    s = []
    for j in range(len(W[0])):
        total = 0.0
        for i in range(len(x)):
            total = total + x[i] * W[i][j]
        s.append(total)
    return s


def my_softmax(s):
    biggest = max(s)
    exps = [np.exp(v - biggest) for v in s]
    bottom = sum(exps)
    return [e / bottom for e in exps]


def my_cross_entropy(s, t):
    # -sum t log z   , log z = s - max - log(sum exp(s - max))
    # first I did log(softmax) but then I got log(0) = -inf
    biggest = max(s)
    bottom = sum([np.exp(v - biggest) for v in s])
    out = 0.0
    for v, tt in zip(s, t):
        out = out - tt * (v - biggest - np.log(bottom))
    return out


def sum_of_squares(W):
    total = 0.0
    for row in W:
        for w in row:
            total = total + w ** 2
    return total


def index_of_max(z):
    best = 0
    for j, value in enumerate(z):
        if value > z[best]:
            best = j
    return best


# def one_hot(y, C):
#     return np.eye(C)[y]


def softmax_classifier(W, input, label, lamda):
    # lists are easier (and W[i][j] is faster on lists)
    W = W.tolist()
    N = len(input)
    D = len(W)
    C = len(W[0])

    loss = 0.0
    grad = [[0.0] * C for _ in range(D)]   # NOT [[0.0]*C]*D !!!
    pred = []

    for n, (x, t) in enumerate(zip(input.tolist(), label.tolist())):
        s = get_scores(x, W)
        z = my_softmax(s)
        loss = loss + my_cross_entropy(s, t)
        err = []
        for zz, tt in zip(z, t):
            err.append(zz - tt)
        for i in range(D):
            for j in range(C):
                grad[i][j] = grad[i][j] + x[i] * err[j]
        pred.append(index_of_max(z))

    # average
    loss = loss / N
    dW = []
    for i in range(D):
        row = []
        for j in range(C):
            row.append(grad[i][j] / N + lamda * W[i][j])
        dW.append(row)

    # regularization: lamda/2 so the 2 cancels
    loss = loss + lamda / 2 * sum_of_squares(W)

    # is it ok to return pred as a list?? better array
    return float(loss), np.array(dW), np.array(pred)
