import numpy as np
from numpy import exp, log, ones, sum


def softmax_classifier(W, input, label, lamda):
    # everything in columns: one example is one column, as in class
    X = input.T                                  # D x N
    Y = label.T                                  # C x N
    m = X.shape[1]
    C = W.shape[1]

    M = W.T @ X                                  # C x N
    M = M - ones((C, 1)) @ np.max(M, axis=0).reshape(1, m)
    E = exp(M)
    S = sum(E, axis=0).reshape(1, m)             # 1 x N
    P = E / (ones((C, 1)) @ S)

    # groundTruth .* log(P)
    logP = M - ones((C, 1)) @ log(S)
    cost = -(1 / m) * sum(sum(Y * logP, axis=0))
    cost = cost + (lamda / 2) * sum(W[:] ** 2)

    thetagrad = -(1 / m) * (Y - P) @ X.T         # C x D
    thetagrad = thetagrad + lamda * W.T

    pred = np.argmax(P, axis=0).reshape(m, 1)    # N x 1
    return cost, thetagrad.T, pred
