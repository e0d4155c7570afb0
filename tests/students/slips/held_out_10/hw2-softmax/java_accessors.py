"""Homework 2, softmax classifier.

@author  student (former Java developer)
@version 1.2
"""
import math

import numpy as np


class ScoreMatrix:
    """Holds the scores of one batch. One row is one example."""

    def __init__(self, inputs, weights):
        self._scores = np.dot(inputs, weights)
        self._numRows = self._scores.shape[0]
        self._numCols = self._scores.shape[1]

    def getNumRows(self):
        return self._numRows

    def getNumCols(self):
        return self._numCols

    def getRow(self, rowIndex):
        return self._scores[rowIndex]

    def getShiftedRow(self, rowIndex):
        row = self.getRow(rowIndex)
        return row - max(row)


class L2Regularizer:
    """lamda/2 * sum(W^2)"""

    def __init__(self, lamda):
        self._lamda = float(lamda)

    def getPenalty(self, weights):
        total = 0.0
        for row in weights:
            for w in row:
                total += w * w
        return 0.5 * self._lamda * total

    def getDerivative(self, weights):
        return self._lamda * weights


class SoftmaxClassifier:
    """Computes everything once in evaluate(); afterwards use the getters."""

    def __init__(self, weights, lamda):
        self._weights = weights
        self._regularizer = L2Regularizer(lamda)
        self._loss = None
        self._gradient = None
        self._prediction = None

    @staticmethod
    def argMax(values):
        bestIndex = 0
        for j in range(1, len(values)):
            if values[j] > values[bestIndex]:
                bestIndex = j
        return bestIndex

    def evaluate(self, inputs, labels):
        scores = ScoreMatrix(inputs, self._weights)
        n = scores.getNumRows()
        c = scores.getNumCols()

        lossSum = 0.0
        gradientSum = np.zeros(self._weights.shape)
        prediction = np.zeros(n, dtype=int)

        for i in range(n):
            shifted = scores.getShiftedRow(i)
            exponentials = np.exp(shifted)
            denominator = exponentials.sum()
            logDenominator = math.log(denominator)

            # loss of example i
            for j in range(c):
                lossSum -= labels[i][j] * (shifted[j] - logDenominator)

            # gradient of example i
            error = exponentials / denominator
            error -= labels[i]
            gradientSum += np.outer(inputs[i], error)

            # predicted class of example i
            prediction[i] = SoftmaxClassifier.argMax(exponentials)

        self._loss = lossSum / n + self._regularizer.getPenalty(self._weights)
        self._gradient = gradientSum / n + self._regularizer.getDerivative(self._weights)
        self._prediction = prediction
        return self

    def getLoss(self):
        return self._loss

    def getGradient(self):
        return self._gradient

    def getPrediction(self):
        return self._prediction


def softmax_classifier(W, input, label, lamda):
    classifier = SoftmaxClassifier(W, lamda)
    classifier.evaluate(input, label)
    return classifier.getLoss(), classifier.getGradient(), classifier.getPrediction()


def main():
    rng = np.random.default_rng(7)
    W = rng.normal(size=(5, 3))
    X = rng.normal(size=(6, 5))
    T = np.eye(3)[rng.integers(0, 3, 6)]
    loss, gradient, prediction = softmax_classifier(W, X, T, 0.3)
    print("loss:", loss)
    print("gradient:", gradient)
    print("prediction:", prediction)


if __name__ == "__main__":
    main()
