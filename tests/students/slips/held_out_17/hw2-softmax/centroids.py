"""The gradient as a difference of centroids: where the classifier believes a class lies, minus where it does.

Class by class, column by column; the batch is split by label, no (z - T) is ever formed.
"""
from functools import reduce
from math import fsum

import numpy as np


def softmax_classifier(W, input, label, lamda):
    N = input.shape[0]
    classes = range(W.shape[1])

    # one score vector (N,) for each class
    scores = [input.dot(W[:, j]) for j in classes]
    log_total = reduce(np.logaddexp, scores)

    # "members" of a class by their label
    members = [np.flatnonzero(label[:, j]) for j in classes]

    surprise = [float(v) for j in classes for v in (log_total - scores[j])[members[j]]]
    loss = fsum(surprise) / N + lamda * np.linalg.norm(W) ** 2 / 2

    gradient = np.zeros(W.shape)
    for j in classes:
        belief = np.exp(scores[j] - log_total)
        believed = belief.dot(input) / N
        actual = input[members[j]].sum(axis=0) / N
        gradient[:, j] = believed - actual + lamda * W[:, j]

    # a knock-out tournament of the classes, the earlier class keeps its place on a draw
    champion = np.zeros(N, dtype=int)
    best = scores[0]
    for j in classes[1:]:
        wins = scores[j] > best
        champion = np.where(wins, j, champion)
        best = np.where(wins, scores[j], best)
    return loss, gradient, champion
