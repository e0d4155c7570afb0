# 10-714 hw0
# sources: cs231n notes ("minimal neural network case study"), scipy's logsumexp, a stackoverflow answer on softmax
import numpy as np


# from scipy.special (shortened)
def logsumexp(a, axis=None):
    a_max = np.amax(a, axis=axis, keepdims=True)
    tmp = np.exp(a - a_max)
    s = np.sum(tmp, axis=axis)
    out = np.log(s)
    out = out + np.squeeze(a_max, axis=axis)
    return out


# https://stackoverflow.com/questions/34968722 : second answer, the first is wrong for matrices!
def softmax_so(x):
    e_x = np.exp(x - np.max(x, axis=1)[:, np.newaxis])
    div = np.sum(e_x, axis=1)[:, np.newaxis]
    return e_x / div


def softmax_loss(Z, y):
    num_examples = Z.shape[0]
    scores = np.array(Z)
    # L_i = -f_{y_i} + log sum_j e^{f_j}      (cs231n linear classification notes)
    correct_scores = scores[range(num_examples), y]
    loss = logsumexp(scores, axis=1) - correct_scores
    return np.average(loss)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    num_examples = X.shape[0]
    i = 0
    while i < num_examples:
        X_b = X[i:i + batch]
        y_b = y[i:i + batch]
        m = X_b.shape[0]
        # cs231n: gradient on scores = probs, minus 1 at the right class
        dscores = softmax_so(np.dot(X_b, theta))
        dscores[range(m), y_b] -= 1
        dscores /= m
        # backpropagate the gradient to the parameters
        dtheta = np.dot(X_b.T, dscores)
        theta += -lr * dtheta
        i += batch


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    # from the lecture slides: Z1 = ReLU(X W1), G2 = normalize(exp(Z1 W2)) - I_y, G1 = 1{Z1 > 0} o (G2 W2^T)
    n_iter = int(np.ceil(X.shape[0] / batch))
    for it in range(n_iter):
        x_mb, y_mb = X[it * batch:(it + 1) * batch], y[it * batch:(it + 1) * batch]
        size = y_mb.shape[0]
        Z1 = np.dot(x_mb, W1)
        Z1 = Z1 * (Z1 > 0)
        I_y = np.zeros((size, W2.shape[1]))
        I_y[np.arange(size), y_mb] = 1
        G2 = softmax_so(Z1 @ W2) - I_y
        G1 = np.where(Z1 > 0, 1, 0) * np.dot(G2, W2.T)
        grad1 = x_mb.T.dot(G1) / size
        grad2 = Z1.T.dot(G2) / size
        # in place!! W1 = W1 - ... does nothing for the autograder (see forum)
        W1 -= lr * grad1
        W2 -= lr * grad2
