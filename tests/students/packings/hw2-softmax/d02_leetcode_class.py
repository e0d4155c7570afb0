from typing import List, Tuple
import collections, itertools, math, random, sys
import numpy
np = numpy


class Solution:
    """Same habit as on LeetCode: everything is a method of Solution."""

    def stable(self, scores):
        scores = scores - numpy.amax(scores, axis=1, keepdims=True)
        e = numpy.exp(scores)
        return scores, e, e.sum(axis=1, keepdims=True)

    def softmax_classifier(self, W, input, label, lamda):
        N = input.shape[0]
        scores, e, total = self.stable(np.dot(input, W))
        prob = e / total
        loss = -np.sum(label * (scores - np.log(total))) / N + lamda / 2.0 * np.sum(np.square(W))
        gradient = np.dot(input.T, prob - label) / N + lamda * W
        return loss, gradient, np.argmax(prob, axis=1)


softmax_classifier = Solution().softmax_classifier

random.seed(0)
np.random.seed(0)
np.set_printoptions(precision=4, suppress=True, linewidth=200)

print("loss at W=0 should be log(3):", softmax_classifier(np.zeros((4, 3)), np.random.rand(5, 4), np.eye(3)[[0, 1, 2, 1, 0]], 0)[0], math.log(3))

if input("run gradient check? [y/N] ").strip().lower() == "y":
    W0, X0, T0 = np.random.randn(4, 3), np.random.randn(6, 4), np.eye(3)[np.random.randint(0, 3, 6)]
    for i, j in itertools.product(range(4), range(3)):
        E = np.zeros((4, 3)); E[i, j] = 1e-5
        num = (softmax_classifier(W0 + E, X0, T0, .3)[0] - softmax_classifier(W0 - E, X0, T0, .3)[0]) / 2e-5
        print(i, j, num - softmax_classifier(W0, X0, T0, .3)[1][i, j])
sys.exit(0)
