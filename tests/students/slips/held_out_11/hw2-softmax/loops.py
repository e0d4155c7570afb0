"""HW2 - softmax regression.

I did it sample by sample, as in the derivation on paper, and only then checked against the
matrix formula. Slow but I understand every line of it :)
"""
import math
import numpy as np


def class_probabilities(s):
    """softmax of the scores of ONE sample (list of floats -> list of floats)"""
    biggest = max(s)
    e = [math.exp(v - biggest) for v in s]
    total = sum(e)
    return [v / total for v in e]


def log_probability(s, k):
    # log of the k-th softmax output, without ever taking log(0)
    m = max(s)
    return s[k] - m - math.log(sum(math.exp(v - m) for v in s))


def softmax_classifier(W, input, label, lamda):
    n_samples = input.shape[0]
    n_features, n_classes = W.shape

    cost = 0.0
    dW = np.zeros((n_features, n_classes))
    guess = np.zeros(n_samples, dtype=int)

    for n in range(n_samples):
        x_n = input[n]
        # scores of this sample
        s = [float(x_n.dot(W[:, c])) for c in range(n_classes)]
        z = class_probabilities(s)

        for c in range(n_classes):
            t = label[n, c]
            if t != 0:
                cost -= t * log_probability(s, c)
            # dE/ds_c = z_c - t_c, ds_c/dW[:, c] = x
            dW[:, c] += (z[c] - t) * x_n

        best = 0
        for c in range(1, n_classes):
            if z[c] > z[best]:
                best = c
        guess[n] = best

    cost /= n_samples
    dW /= n_samples

    # L2 penalty (lamda/2 * ||W||^2, so its derivative is lamda * W)
    penalty = 0.0
    for i in range(n_features):
        for j in range(n_classes):
            penalty += W[i, j] ** 2
    cost += lamda / 2.0 * penalty
    dW += lamda * W

    return cost, dW, guess
