"""ECE 544 HW2 part I. One loop for every sum on paper."""
import numpy as np


def softmax_jacobian(z):
    C = len(z)
    # first the softmax
    biggest = z[0]
    for i in range(C):
        if z[i] > biggest:
            biggest = z[i]
    exponentials = np.zeros(C)
    for i in range(C):
        exponentials[i] = np.exp(z[i] - biggest)
    S = 0.0
    for i in range(C):
        S = S + exponentials[i]
    p = np.zeros(C)
    for i in range(C):
        p[i] = exponentials[i] / S
    # then the derivatives
    J = np.zeros((C, C))
    for k in range(C):
        for j in range(C):
            if k == j:
                J[k, j] = p[k] * (1.0 - p[k])
            else:
                J[k, j] = -p[k] * p[j]
    return J


def nll(yhat, y):
    N = yhat.shape[0]
    loss = 0.0
    for i in range(N):
        label = y[i]
        probability = yhat[i, label]
        loss = loss - np.log(probability)
    return loss


def nll_grad(yhat, y):
    N = yhat.shape[0]
    C = yhat.shape[1]
    grad = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if y[i] == j:
                grad[i, j] = -1.0 / yhat[i, j]
            # otherwise it stays 0
    return grad


def avg_pool1d(x, W):
    n = len(x)
    number_of_windows = n - W + 1
    y = np.zeros(number_of_windows)
    for i in range(number_of_windows):
        window_sum = 0.0
        for k in range(W):
            window_sum = window_sum + x[i + k]
        y[i] = window_sum / W
    return y


def avg_pool1d_backward(dy, n, W):
    dx = np.zeros(n)
    share = 1.0 / W
    for j in range(n):
        collected = 0.0
        for i in range(len(dy)):
            # is j inside window i?
            first = i
            last = i + W - 1
            if j >= first and j <= last:
                collected = collected + dy[i] * share
        dx[j] = collected
    return dx


def max_pool1d(x, W):
    n = len(x)
    y = []
    for i in range(n - W + 1):
        best = x[i]
        for k in range(W):
            candidate = x[i + k]
            if candidate > best:
                best = candidate
        y.append(best)
    return y


def max_pool1d_backward(dy, x, W):
    n = len(x)
    dx = np.zeros(n)
    for i in range(len(dy)):
        # look for the place of the maximum in window i
        place = i
        for k in range(W):
            here = i + k
            if x[here] > x[place]:
                place = here
        dx[place] = dx[place] + dy[i]
    return dx


def conv1d(x, w):
    n = len(x)
    y = np.zeros(n)
    for i in range(n):
        total = x[i] * w[1]
        if i + 1 < n:
            total = total + x[i + 1] * w[0]
        if i - 1 >= 0:
            total = total + x[i - 1] * w[2]
        y[i] = total
    return y


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.zeros(n)
    dw = np.zeros(3)
    for i in range(n):
        # y[i] has x[i] w[1] in it
        dx[i] = dx[i] + dy[i] * w[1]
        dw[1] = dw[1] + dy[i] * x[i]
        # and x[i+1] w[0]
        if i + 1 < n:
            dx[i + 1] = dx[i + 1] + dy[i] * w[0]
            dw[0] = dw[0] + dy[i] * x[i + 1]
        # and x[i-1] w[2]
        if i - 1 >= 0:
            dx[i - 1] = dx[i - 1] + dy[i] * w[2]
            dw[2] = dw[2] + dy[i] * x[i - 1]
    return dx, dw
