"""Part 2 by examples: a function for one row returns its loss and its gradient, and the classifier averages them."""

import numpy as np


def one_example(W, x, t):
    s = x @ W
    s = s - np.max(s)
    log_norm = np.log(sum(np.exp(s)))
    z = np.exp(s - log_norm)
    return log_norm - np.dot(t, s), np.outer(x, z - t), int(np.argmax(z))


def softmax_classifier(W, input, label, lamda):
    results = [one_example(W, x, t) for x, t in zip(input, label)]
    losses, gradients, classes = zip(*results)
    loss = np.mean(losses) + lamda * np.trace(W.T @ W) / 2
    gradient = np.mean(gradients, axis=0) + lamda * W
    return loss, gradient, np.array(classes)
