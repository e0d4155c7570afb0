import numpy as np


def softmax_loss(Z, y):
    """ Return softmax loss. """
    N = Z.shape[0]
    # subtract max for numerical stability
    Z_max = np.max(Z, axis=1, keepdims=True)
    Z_exp = np.exp(Z - Z_max)
    log_sum_exp = np.log(np.sum(Z_exp, axis=1)) + Z_max.flatten()
    correct = Z[np.arange(N), y]
    return np.sum(log_sum_exp - correct) / N


def softmax(logits):
    logits = logits - np.max(logits, axis=1, keepdims=True)
    exp_logits = np.exp(logits)
    probs = exp_logits / np.sum(exp_logits, axis=1, keepdims=True)
    return probs


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """ Run a single epoch of SGD for softmax regression. """
    num_examples = X.shape[0]
    num_classes = theta.shape[1]
    for i in range(0, num_examples, batch):
        X_batch = X[i:i + batch]
        y_batch = y[i:i + batch]
        m = X_batch.shape[0]

        Z = softmax(np.dot(X_batch, theta))
        I_y = np.zeros((m, num_classes))
        I_y[np.arange(m), y_batch] = 1

        grad = np.dot(X_batch.T, Z - I_y) / m
        theta -= lr * grad


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """ Run a single epoch of SGD for a two-layer network. """
    n = X.shape[0]
    k = W2.shape[1]
    start = 0
    while start < n:
        end = min(start + batch, n)
        xb = X[start:end]
        yb = y[start:end]
        B = end - start

        # forward
        Z1 = np.maximum(0, np.dot(xb, W1))
        probs = softmax(np.dot(Z1, W2))

        # backward
        onehot = np.zeros((B, k))
        onehot[np.arange(B), yb] = 1
        G2 = probs - onehot
        G1 = np.dot(G2, W2.T) * (Z1 > 0)

        grad_W1 = np.dot(xb.T, G1) / B
        grad_W2 = np.dot(Z1.T, G2) / B

        W1 -= lr * grad_W1
        W2 -= lr * grad_W2
        start = end
