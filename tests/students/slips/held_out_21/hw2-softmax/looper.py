import math

import numpy as np


def softmax_classifier(W, input, label, lamda):
    D, C = W.shape
    N = len(input)
    # plain lists: indexing them in a loop is much faster than indexing arrays
    w, x, t = np.asarray(W).tolist(), np.asarray(input).tolist(), np.asarray(label).tolist()
    loss = 0.0
    g = [[0.0] * C for d in range(D)]
    prediction = np.zeros(N, dtype=int)

    for n in range(N):
        # scores of row n
        s = [0.0] * C
        for j in range(C):
            for d in range(D):
                s[j] += x[n][d] * w[d][j]

        # largest score, and which class has it
        best_score = s[0]
        best = 0
        for j in range(1, C):
            if s[j] > best_score:
                best_score = s[j]
                best = j
        prediction[n] = best

        # sum of the exponentials of this row
        top = max(s)
        total = 0.0
        for j in range(C):
            total += math.exp(s[j] - top)

        # loss and gradient of this row
        for j in range(C):
            z = math.exp(s[j] - top) / total
            if t[n][j] == 1:
                loss -= s[j] - top - math.log(total)
            r = (z - t[n][j]) / N
            for d in range(D):
                g[d][j] += x[n][d] * r
    loss = loss / N

    # weight decay
    for d in range(D):
        for j in range(C):
            loss += lamda / 2 * w[d][j] * w[d][j]
            g[d][j] += lamda * w[d][j]

    return loss, np.array(g), prediction
