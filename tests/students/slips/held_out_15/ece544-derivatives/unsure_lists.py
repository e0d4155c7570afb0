# ECE 544 hw2 part I
import math

import numpy as np


def softmax(z):
    m = max(z)
    e = [math.exp(a - m) for a in z]
    s = sum(e)
    return [a / s for a in e]


def softmax_jacobian(z):
    p = softmax(z)
    J = []
    for k in range(len(p)):
        row = []
        for j in range(len(p)):
            if k == j:
                row.append(p[k] * (1 - p[k]))
            else:
                row.append(-p[k] * p[j])
        J.append(row)
    return np.array(J)


def nll(yhat, y):
    L = 0
    for row, label in zip(yhat, y):
        L = L - math.log(row[label])
    return L          # total, NOT / len(y)


def nll_grad(yhat, y):
    out = []
    for row, label in zip(yhat, y):
        g = []
        for j, q in enumerate(row):
            if j == label:
                g.append(-1 / q)
            else:
                g.append(0.0)
        out.append(g)
    return np.array(out)


def avg_pool1d(x, W):
    y = []
    i = 0
    while i + W <= len(x):      # window must fit
        total = 0.0
        for k in range(W):
            total += x[i + k]
        y.append(total / W)
        i += 1
    return np.array(y)


def avg_pool1d_backward(dy, n, W):
    # x[j] is in the windows that begin at j-W+1 .. j
    grads = []
    for j in range(n):
        total = 0.0
        first = j - W + 1
        if first < 0:
            first = 0
        last = j
        if last > n - W:
            last = n - W
        for i in range(first, last + 1):
            total += dy[i] / W
        grads.append(total)
    return np.array(grads)


def max_pool1d(x, W):
    y = []
    i = 0
    while i + W <= len(x):
        biggest = x[i]
        for k in range(1, W):
            if x[i + k] > biggest:
                biggest = x[i + k]
        y.append(biggest)
        i += 1
    return np.array(y)


def max_pool1d_backward(dy, x, W):
    signal = list(x)
    grads = [0.0 for a in signal]
    for i, d in enumerate(dy):
        window = signal[i:i + W]
        k = window.index(max(window))     # index() gives the first one, good?
        grads[i + k] += d
    return np.array(grads)


def conv1d(x, w):
    n = len(x)
    y = []
    for i in range(n):
        value = x[i] * w[1]
        # w[0] is w_{-1} so it goes with x[i+1] (I think, np.convolve agrees)
        if i + 1 < n:
            value = value + x[i + 1] * w[0]
        if i - 1 >= 0:
            value = value + x[i - 1] * w[2]
        y.append(value)
    return np.array(y)


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = []
    for j in range(n):
        value = dy[j] * w[1]
        if j - 1 >= 0:
            value = value + dy[j - 1] * w[0]     # y[j-1] has x[j] w[0]
        if j + 1 < n:
            value = value + dy[j + 1] * w[2]
        dx.append(value)
    # kernel
    a = 0.0
    b = 0.0
    c = 0.0
    for i, d in enumerate(dy):
        if i < n - 1:
            a += d * x[i + 1]
        b += d * x[i]
        if i > 0:
            c += d * x[i - 1]
    return np.array(dx), np.array([a, b, c])
