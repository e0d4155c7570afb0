"""
EE 4xx  HW2 part 2
softmax classifier, naive version with loops.  works, slow :)
"""
import math
import numpy as np


def softmax_classifier(W, input, label, lamda):
    num_train, D = input.shape
    num_class = W.shape[1]
    loss = 0.0
    gradient = np.zeros_like(W)
    prediction = np.zeros(num_train, dtype=int)
    for i in range(num_train):
        scores = [float(np.dot(input[i], W[:, c])) for c in range(num_class)]
        biggest = max(scores)
        exps = [math.exp(s - biggest) for s in scores]
        total = sum(exps)
        for c in range(num_class):
            prob = exps[c] / total
            if label[i, c] == 1:
                loss += math.log(total) - (scores[c] - biggest)
            gradient[:, c] += (prob - label[i, c]) * input[i]
        prediction[i] = scores.index(biggest)
    loss /= num_train
    gradient /= num_train
    # regularization
    loss += 0.5 * lamda * np.sum(W * W)
    gradient += lamda * W
    return loss, gradient, prediction


# quick sanity check
W = np.random.randn(5, 3) * 0.01
x = np.random.randn(4, 5)
t = np.eye(3)[[0, 2, 1, 1]]
l, g, p = softmax_classifier(W, x, t, 0.5)
print("loss", l, "should be about", np.log(3))
