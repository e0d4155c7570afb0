# Homework 2, part 2
# softmax classifier

import numpy as np


def softmax_classifier(W, input, label, lamda):
    """
    Inputs:
    W: weights, (D, C)
    input: training data, (N, D)
    label: one hot labels, (N, C)
    lamda: regularization strength

    Returns loss, gradient w.r.t. W, prediction
    """
    num_train, dim = input.shape
    num_class = W.shape[1]

    # forward
    logits = np.dot(input, W)
    logits = logits - np.max(logits, axis=1).reshape(-1, 1)   # for numeric stability
    exp_logits = np.exp(logits)
    sum_exp = np.sum(exp_logits, axis=1, keepdims=True)
    prob = exp_logits / sum_exp

    # loss
    log_prob = logits - np.log(sum_exp)
    data_loss = -np.sum(label * log_prob) / num_train
    reg_loss = 0.5 * lamda * np.sum(W * W)
    loss = data_loss + reg_loss

    # gradient
    dlogits = prob - label
    dlogits = dlogits / num_train
    gradient = np.dot(input.T, dlogits)
    gradient = gradient + lamda * W

    # prediction
    prediction = np.argmax(prob, axis=1)

    return loss, gradient, prediction
