"""Homework 0. I did it with loops first and kept the loops where I understood them better."""

import numpy as np


def add(x, y):
    return x + y


def my_softmax(logits):
    """Softmax of every row."""
    number_of_rows = logits.shape[0]
    number_of_classes = logits.shape[1]
    result = np.zeros((number_of_rows, number_of_classes))
    for i in range(number_of_rows):
        one_row = logits[i, :]
        largest = one_row.max()
        exps = np.exp(one_row - largest)
        total = exps.sum()
        result[i, :] = exps / total
    return result


def make_one_hot(y, number_of_classes):
    """Labels (B,) -> matrix (B, C) of zeros and ones."""
    number_of_labels = len(y)
    one_hot = np.zeros((number_of_labels, number_of_classes))
    for i in range(number_of_labels):
        label = int(y[i])
        one_hot[i, label] = 1.0
    return one_hot


def softmax_loss(Z, y):
    """Average softmax loss."""
    number_of_examples = Z.shape[0]
    sum_of_losses = 0.0
    for n in range(number_of_examples):
        logits_of_n = Z[n]
        largest_logit = np.max(logits_of_n)
        shifted = logits_of_n - largest_logit
        log_of_sum = np.log(np.sum(np.exp(shifted)))
        right_logit = shifted[y[n]]
        sum_of_losses += log_of_sum - right_logit
    average_loss = sum_of_losses / number_of_examples
    return average_loss


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    """One epoch for the linear classifier, changes theta."""
    number_of_examples = X.shape[0]
    number_of_classes = theta.shape[1]
    start = 0
    while start < number_of_examples:
        end = start + batch
        if end > number_of_examples:
            end = number_of_examples
        X_batch = X[start:end]
        y_batch = y[start:end]
        size_of_batch = end - start

        logits = np.matmul(X_batch, theta)
        Z = my_softmax(logits)
        I_y = make_one_hot(y_batch, number_of_classes)
        difference = Z - I_y
        gradient = np.matmul(X_batch.T, difference) / size_of_batch
        theta[:, :] = theta - lr * gradient

        start = end


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    """One epoch for the network, changes W1 and W2."""
    number_of_examples = X.shape[0]
    number_of_classes = W2.shape[1]
    start = 0
    while start < number_of_examples:
        end = start + batch
        if end > number_of_examples:
            end = number_of_examples
        X_batch = X[start:end]
        y_batch = y[start:end]
        size_of_batch = end - start

        # forward
        before_relu = np.matmul(X_batch, W1)
        Z1 = np.maximum(before_relu, 0)
        logits = np.matmul(Z1, W2)
        probabilities = my_softmax(logits)

        # backward
        I_y = make_one_hot(y_batch, number_of_classes)
        G2 = probabilities - I_y
        relu_is_on = np.zeros(Z1.shape)
        relu_is_on[before_relu > 0] = 1.0
        G2_times_W2 = np.matmul(G2, W2.T)
        G1 = relu_is_on * G2_times_W2

        gradient_W1 = np.matmul(X_batch.T, G1) / size_of_batch
        gradient_W2 = np.matmul(Z1.T, G2) / size_of_batch

        # update
        step_W1 = lr * gradient_W1
        step_W2 = lr * gradient_W2
        W1[:, :] = W1 - step_W1
        W2[:, :] = W2 - step_W2

        start = end


if __name__ == "__main__":
    rng = np.random.default_rng(1)
    Z = rng.normal(size=(6, 4))
    y = np.array([0, 1, 2, 3, 1, 0])
    print("loss:", softmax_loss(Z, y))
    print("loss of zeros should be log(4):", softmax_loss(0 * Z, y), np.log(4))
