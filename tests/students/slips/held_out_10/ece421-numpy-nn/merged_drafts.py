"""
Assignment 2 - neural network with numpy
final version (merged Ana's draft and mine, TODO clean up before handing in)
"""
import time

import numpy as np

EPS = 1e-12
HIDDEN_UNITS = 1000   # from the first draft, not used any more
BATCH = 32            # not used, we do the full batch now


def relu(x):
    return (x + np.abs(x)) / 2


def relu_prime(z):
    # 1 where z > 0, else 0
    return (z > 0).astype(np.float64)


def softmax(logits):
    # row by row so we don't mess up the axis again
    out = np.empty(logits.shape, dtype=np.float64)
    for i, row in enumerate(logits):
        e = np.exp(row - max(row))
        out[i] = e / e.sum()
    return out


def compute_layer(x, w, b):
    return np.dot(x, w) + np.reshape(b, (1, -1))


def average_ce(target, prediction):
    N = target.shape[0]
    # the probability each example gives to its own class
    correct = np.sum(target * prediction, axis=1)
    return -np.sum(np.log(np.maximum(correct, EPS))) / N


def accuracy(target, prediction):
    return np.mean(np.argmax(target, 1) == np.argmax(prediction, 1))


def grad_ce(target, logits):
    N = target.shape[0]
    grad = softmax(logits)
    # softmax made a new array so this is ok
    rows = np.arange(N)
    grad[rows, np.argmax(target, axis=1)] -= 1
    grad /= N
    return grad


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return (z_h, a_h, z_o, p)


def outer_layer_grads(a, delta):
    """gradients of the weights and the bias of a layer with input a"""
    dw = np.dot(a.T, delta)
    db = delta.sum(axis=0).reshape(1, -1)
    return dw, db


def per_example_grads(a, delta):
    # Ana's draft: one example at a time, slow, kept to compare
    total = np.zeros((a.shape[1], delta.shape[1]))
    for i in range(a.shape[0]):
        total += np.outer(a[i], delta[i])
    return total


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    dW_o, db_o = outer_layer_grads(a_h, delta_o)
    delta_h = np.dot(w_o, delta_o.T).T * relu_prime(z_h)
    dW_h, db_h = outer_layer_grads(x, delta_h)
    # dW_h = per_example_grads(x, delta_h)
    return dW_h, db_h, dW_o, db_o


def xavier(rng, rows, cols):
    sigma = (2 / (rows + cols)) ** 0.5
    return sigma * rng.standard_normal(size=(rows, cols))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    start = time.time()
    rng = np.random.default_rng(seed)
    n_features = x.shape[1]
    n_classes = t.shape[1]

    w_h = xavier(rng, n_features, hidden)
    w_o = xavier(rng, hidden, n_classes)
    b_h = np.zeros((1, hidden))
    b_o = np.zeros((1, n_classes))

    v_w_h, v_b_h = np.zeros_like(w_h), np.zeros_like(b_h)
    v_w_o, v_b_o = np.zeros_like(w_o), np.zeros_like(b_o)

    train_loss, valid_loss = [], []   # for the plot
    best = None
    for epoch in range(epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)

        v_w_o = gamma * v_w_o + lr * dW_o
        v_b_o = gamma * v_b_o + lr * db_o
        v_w_h = gamma * v_w_h + lr * dW_h
        v_b_h = gamma * v_b_h + lr * db_h

        w_o = w_o - v_w_o
        b_o = b_o - v_b_o
        w_h = w_h - v_w_h
        b_h = b_h - v_b_h

        if epoch % 50 == 0:
            p = forward_prop(x, w_h, b_h, w_o, b_o)[-1]
            train_loss.append(average_ce(t, p))
            # valid_loss.append(average_ce(tv, forward_prop(xv, w_h, b_h, w_o, b_o)[-1]))
            # print(epoch, train_loss[-1], accuracy(t, p))

    elapsed = time.time() - start
    return {'w_h': w_h, 'b_h': b_h, 'w_o': w_o, 'b_o': b_o}


if __name__ == '__main__':
    data = np.load('notMNIST.npz')
    print(data['images'].shape)
