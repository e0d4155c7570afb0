"""No one-hot matrix anywhere: what a label contributes to a gradient is a sum of inputs class by class, so it is
scattered (np.add.at), and what the probabilities contribute is one product. Linear regression = a network whose hidden
layer is the input. Steps are taken as "attract" (towards the label's inputs) and "repel" (away from the expected ones).
"""

import numpy as np


class Steps:
    """Cuts (X, y) in order. Iterating gives views, never copies."""

    def __init__(self, X, y, batch):
        self.cuts = list(range(batch, len(X), batch))
        self.parts = zip(np.split(X, self.cuts), np.split(y, self.cuts))

    def __iter__(self):
        return self.parts


def chances(Z):
    """The softmax by differences: p[n, c] = 1 / sum_k exp(Z[n, k] - Z[n, c])."""
    with np.errstate(over="ignore"):
        return 1.0 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


def softmax_loss(Z, y):
    """log sum exp by pairwise np.logaddexp, minus the mean of the label's logit."""
    everything = np.logaddexp.reduce(Z, axis=1)
    label = np.take_along_axis(Z, y.astype(np.int64).reshape(-1, 1), axis=1)
    return everything.mean() - label.mean()


def attract(features, labels, like):
    """sum over n of features[n] in the column labels[n]"""
    out = np.zeros_like(like.T)
    np.add.at(out, labels, features)
    return out.T


def repel(features, p):
    """sum over n of p[n, c] features[n] in every column c"""
    return features.T @ p


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    for x, t in Steps(X, y, batch):
        rate = lr / len(t)
        towards = attract(x, t, theta)
        away = repel(x, chances(x @ theta))
        theta += rate * towards
        theta -= rate * away


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for x, t in Steps(X, y, batch):
        rate = lr / len(t)
        h = x @ W1
        h *= h > 0
        p = chances(h @ W2)
        # what each hidden unit hears: its weight to the label minus its expected weight
        heard = W2[:, t].T - p @ W2.T
        heard[h == 0] = 0
        W2 += rate * (attract(h, t, W2) - repel(h, p))
        W1 += rate * (x.T @ heard)
