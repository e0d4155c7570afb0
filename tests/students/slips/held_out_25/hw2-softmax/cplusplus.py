import math

import numpy as np

LOWEST = -1.0e308
HALF = 0.5


class SoftmaxNode:
    """One forward and one backward pass. All buffers are allocated once, in the constructor."""

    num_rows: int
    num_inputs: int
    num_classes: int

    def __init__(self, num_rows: int, num_inputs: int, num_classes: int) -> None:
        self.num_rows = num_rows
        self.num_inputs = num_inputs
        self.num_classes = num_classes
        self.scores = np.zeros((num_rows, num_classes))
        self.prob = np.zeros((num_rows, num_classes))
        self.log_prob = np.zeros((num_rows, num_classes))

    def compute_scores(self, weights: np.ndarray, data: np.ndarray) -> None:
        for i in range(self.num_rows):
            self.scores[i] += np.dot(data[i], weights)

    def normalise(self) -> None:
        for i in range(self.num_rows):
            biggest: float = LOWEST
            for c in range(self.num_classes):
                if self.scores[i, c] > biggest:
                    biggest = self.scores[i, c]
            total: float = 0.0
            for c in range(self.num_classes):
                self.prob[i, c] = math.exp(self.scores[i, c] - biggest)
                total += self.prob[i, c]
            log_total: float = math.log(total)
            for c in range(self.num_classes):
                self.prob[i, c] /= total
                self.log_prob[i, c] = self.scores[i, c] - biggest - log_total

    def cross_entropy(self, target: np.ndarray) -> float:
        acc: float = 0.0
        for i in range(self.num_rows):
            for c in range(self.num_classes):
                acc -= target[i, c] * self.log_prob[i, c]
        return acc / self.num_rows

    def backward(self, data: np.ndarray, target: np.ndarray, out_grad: np.ndarray) -> None:
        """Adds the data part of the gradient to out_grad (out-parameter)."""
        diff = np.zeros(self.num_classes)
        for i in range(self.num_rows):
            for c in range(self.num_classes):
                diff[c] = (self.prob[i, c] - target[i, c]) / self.num_rows
            for d in range(self.num_inputs):
                out_grad[d] += data[i, d] * diff

    def best_classes(self, out_classes: np.ndarray) -> None:
        for i in range(self.num_rows):
            arg: int = 0
            for c in range(1, self.num_classes):
                if self.prob[i, c] > self.prob[i, arg]:
                    arg = c
            out_classes[i] = arg


class L2Penalty:
    strength: float

    def __init__(self, strength: float) -> None:
        self.strength = strength

    def value(self, weights: np.ndarray) -> float:
        squares: float = 0.0
        for d in range(len(weights)):
            for c in range(len(weights[d])):
                squares += weights[d][c] * weights[d][c]
        return HALF * self.strength * squares

    def backward(self, weights: np.ndarray, out_grad: np.ndarray) -> None:
        for d in range(len(weights)):
            for c in range(len(weights[d])):
                out_grad[d][c] += self.strength * weights[d][c]


def softmax_classifier(W, input, label, lamda):
    N: int = input.shape[0]
    D: int = W.shape[0]
    C: int = W.shape[1]

    gradient = np.zeros((D, C))
    prediction = np.zeros(N, dtype=np.int64)

    node = SoftmaxNode(N, D, C)
    node.compute_scores(W, input)
    node.normalise()
    penalty = L2Penalty(lamda)

    loss: float = node.cross_entropy(label) + penalty.value(W)
    node.backward(input, label, gradient)
    penalty.backward(W, gradient)
    node.best_classes(prediction)
    return loss, gradient, prediction
