import numpy as np


def softmax_loss(Z, y):
    number_of_examples = Z.shape[0]
    maximum_of_each_row = np.max(Z, axis=1, keepdims=True)
    shifted_logits = Z - maximum_of_each_row
    exponentials_of_logits = np.exp(shifted_logits)
    sum_of_exponentials = np.sum(exponentials_of_logits, axis=1)
    logit_of_the_true_class = shifted_logits[np.arange(number_of_examples), y]
    loss_of_each_example = np.log(sum_of_exponentials) - logit_of_the_true_class
    average_loss = np.sum(loss_of_each_example) / number_of_examples
    return average_loss


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    number_of_examples = X.shape[0]
    number_of_classes = theta.shape[1]
    number_of_batches = int(np.ceil(number_of_examples / batch))
    for batch_number in range(number_of_batches):
        X_batch = X[batch_number * batch:(batch_number + 1) * batch, :]
        y_batch = y[batch_number * batch:(batch_number + 1) * batch]
        size_of_this_batch = X_batch.shape[0]

        logits = np.matmul(X_batch, theta)
        exponentials = np.exp(logits - np.max(logits, axis=1, keepdims=True))
        softmax_regression_probabilities = exponentials / np.sum(exponentials, axis=1, keepdims=True)

        one_hot_labels = np.zeros((size_of_this_batch, number_of_classes))
        one_hot_labels[np.arange(size_of_this_batch), y_batch] = 1

        gradient_of_theta = np.matmul(X_batch.T, softmax_regression_probabilities - one_hot_labels) / size_of_this_batch
        theta[:, :] = theta - lr * gradient_of_theta


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    number_of_examples = X.shape[0]
    number_of_classes = W2.shape[1]
    number_of_steps = int(np.ceil(number_of_examples / batch))
    for batch_number in range(number_of_steps):
        X_batch = X[batch_number * batch:(batch_number + 1) * batch, :]
        y_batch = y[batch_number * batch:(batch_number + 1) * batch]
        size_of_this_batch = X_batch.shape[0]

        hidden_layer = np.matmul(X_batch, W1)
        hidden_layer[hidden_layer < 0] = 0
        logits = np.matmul(hidden_layer, W2)
        exponentials = np.exp(logits - np.max(logits, axis=1, keepdims=True))
        network_probabilities = exponentials / np.sum(exponentials, axis=1, keepdims=True)

        one_hot_labels = np.zeros((size_of_this_batch, number_of_classes))
        one_hot_labels[np.arange(size_of_this_batch), y_batch] = 1

        gradient_of_logits = network_probabilities - one_hot_labels
        gradient_of_hidden_layer = np.matmul(gradient_of_logits, W2.T)
        gradient_of_hidden_layer[hidden_layer == 0] = 0

        gradient_of_W1 = np.matmul(X_batch.T, gradient_of_hidden_layer) / size_of_this_batch
        gradient_of_W2 = np.matmul(hidden_layer.T, gradient_of_logits) / size_of_this_batch
        W1[:, :] = W1 - lr * gradient_of_W1
        W2[:, :] = W2 - lr * gradient_of_W2
