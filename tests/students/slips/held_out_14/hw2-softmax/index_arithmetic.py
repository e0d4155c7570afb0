# Softmax classifier, HW2.  Ported from my MATLAB script softmax_cost.m
import math
import numpy as np


def rowmax(S, r, ncol):
    big = S[r, 0]
    for c in range(1, ncol):
        if S[r, c] > big:
            big = S[r, c]
    return big


def softmax_classifier(W, input, label, lamda):
    m = input.shape[0]          # number of samples
    d = input.shape[1]          # number of features
    K = W.shape[1]              # number of classes

    S = np.zeros((m, K))
    P = np.zeros((m, K))
    logS = np.zeros(m)          # log of the normaliser, shifted
    grad = np.zeros((d, K))
    pred = np.zeros(m, dtype=int)
    J = 0.0

    # ---- pass 1: scores -------------------------------------------------
    for r in range(m):
        xr = input[r, :]
        for c in range(K):
            S[r, c] = np.dot(xr, W[:, c])

    # ---- pass 2: shift, exponentials, normaliser ------------------------
    for r in range(m):
        big = rowmax(S, r, K)
        total = 0.0
        for c in range(K):
            S[r, c] = S[r, c] - big
            P[r, c] = math.exp(S[r, c])
            total = total + P[r, c]
        logS[r] = math.log(total)
        for c in range(K):
            P[r, c] = P[r, c] / total

    # ---- pass 3: cost and winner ----------------------------------------
    for r in range(m):
        win = 0
        for c in range(K):
            J = J + label[r, c] * (logS[r] - S[r, c])
            if P[r, c] > P[r, win]:
                win = c
        pred[r] = win
    J = J / m

    # ---- pass 4: gradient, one column of W after the other --------------
    for c in range(K):
        col = np.zeros(d)
        for r in range(m):
            err = P[r, c] - label[r, c]
            col = col + err * input[r, :]
        grad[:, c] = col / m

    # ---- pass 5: penalty, W seen as one long vector ---------------------
    pen = 0.0
    for q in range(d * K):
        i = q // K
        j = q % K
        pen = pen + W[i, j] * W[i, j]
        grad[i, j] = grad[i, j] + lamda * W[i, j]
    J = J + 0.5 * lamda * pen

    return J, grad, pred
