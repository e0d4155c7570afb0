# hw0 -- assembled from last year's notes, a stackoverflow answer and chatgpt
import math

import numpy as np


def one_hot(labels, n_classes=None):
    labels = np.asarray(labels).reshape(-1).astype(np.int64)
    n_classes = n_classes if n_classes is not None else int(labels.max()) + 1
    res = np.eye(n_classes)[labels]
    return res.reshape(list(labels.shape) + [n_classes])


def softmax_loss(Z, y):
    batch_size, num_classes = Z.shape
    assert len(y) == batch_size

    def logsumexp(arr):
        c = arr.max(axis=1)
        return c + np.log(np.sum(np.exp(arr - c.reshape(-1, 1)), axis=1))

    lse = logsumexp(Z)
    true_logits = (Z * one_hot(y, num_classes)).sum(axis=1)
    losses = lse - true_logits
    return np.average(losses)


def stable_softmax(logits):
    z = logits - np.max(logits, axis=1, keepdims=True)
    numerator = np.exp(z)
    denominator = np.sum(numerator, axis=1, keepdims=True)
    return numerator / denominator


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    m = X.shape[0]
    n_iter = math.ceil(m / batch)
    k = theta.shape[1]
    for it in range(n_iter):
        s, e = it * batch, (it + 1) * batch
        X_b = X[s:e].reshape(-1, X.shape[1])
        y_b = y[s:e]
        cur = X_b.shape[0]
        H = stable_softmax(np.matmul(X_b, theta))
        E_y = one_hot(y_b, k)
        assert H.shape == E_y.shape
        grad = np.matmul(X_b.T, (H - E_y)) / cur
        assert grad.shape == theta.shape
        theta -= lr * grad


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    num_examples, input_dim = X.shape
    hidden_dim, k = W2.shape

    def forward(inp):
        pre = inp @ W1
        act = np.maximum(pre, 0.0)
        return pre, act, act @ W2

    def backward(inp, cache, targets):
        pre, act, logits = cache
        m = inp.shape[0]
        G2 = stable_softmax(logits) - targets
        relu_grad = np.zeros_like(pre)
        relu_grad[pre > 0] = 1
        G1 = relu_grad * np.matmul(G2, W2.T)
        return (inp.T @ G1) / m, (act.T @ G2) / m

    start = 0
    while start < num_examples:
        end = min(start + batch, num_examples)
        Xb, yb = X[start:end], y[start:end]
        cache = forward(Xb)
        grads = backward(Xb, cache, one_hot(yb, k))
        for weight, g in zip((W1, W2), grads):
            assert weight.shape == g.shape
            weight -= lr * g
        start = end
