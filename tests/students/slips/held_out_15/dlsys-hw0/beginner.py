import math
import numpy as np

# hw0
# I do it example by example, with matrices I always mix up the axes


def exp_list(row):
    # softmax needs the exp of every number, minus the max because of overflow
    m = max(row)
    out = []
    for v in row:
        out.append(math.exp(v - m))
    return out


def softmax_row(row):
    e = exp_list(row)
    s = sum(e)
    return [v / s for v in e]


def loss_of_row(row, label):
    m = max(row)
    s = 0.0
    for v in row:
        s = s + math.exp(v - m)
    return math.log(s) - (row[label] - m)


def softmax_loss(Z, y):
    losses = []
    for row, label in zip(Z.tolist(), y):
        losses.append(loss_of_row(row, int(label)))
    # return sum(losses)
    return sum(losses) / len(losses)


def error_of_row(row, label):
    # z - t
    err = softmax_row(row)
    err[label] = err[label] - 1
    return np.array(err)


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    n = len(X)
    i = 0
    while i < n:
        grad = np.zeros(theta.shape)
        count = 0
        for j in range(i, i + batch):
            if j >= n:
                break      # last batch is smaller
            x = X[j]
            z = x.dot(theta)
            d = error_of_row(z.tolist(), int(y[j]))
            # outer product?? x is (D,) d is (C,) so grad is (D, C) ok
            grad = grad + np.outer(x, d)
            count = count + 1
        step = lr / count * grad
        # theta = theta - step   <- doesn't work!! caller does not see it
        theta[:, :] = theta - step
        i = i + batch
    # return theta


def relu_row(v):
    r = []
    for a in v:
        if a > 0:
            r.append(a)
        else:
            r.append(0.0)
    return np.array(r)


def relu_gate(v):
    r = []
    for a in v:
        if a > 0:
            r.append(1.0)
        else:
            r.append(0.0)
    return np.array(r)


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    n = len(X)
    i = 0
    while i < n:
        grad1 = np.zeros(W1.shape)
        grad2 = np.zeros(W2.shape)
        how_many = 0
        for j in range(i, min(i + batch, n)):
            x = X[j]
            label = int(y[j])
            # forward
            h = x.dot(W1)
            a = relu_row(h)
            z = a.dot(W2)
            # backward
            g2 = error_of_row(z.tolist(), label)
            back = W2.dot(g2)      # = g2 W2^T
            g1 = relu_gate(h) * back
            grad1 = grad1 + np.outer(x, g1)
            grad2 = grad2 + np.outer(a, g2)
            how_many += 1
        # both gradients are finished, so now I can change the weights
        W1[:, :] = W1 - lr * grad1 / how_many
        W2[:, :] = W2 - lr * grad2 / how_many
        i = i + batch
