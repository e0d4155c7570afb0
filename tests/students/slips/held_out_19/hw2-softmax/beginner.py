import numpy as np


def softmax_classifier(W, input, label, lamda):
    # sizes
    N = input.shape[0]
    D = input.shape[1]
    C = W.shape[1]

    # scores of every example
    scores = np.zeros((N, C))
    for n in range(N):
        for c in range(C):
            scores[n, c] = np.sum(input[n] * W[:, c])

    # probabilities, one example after the other
    z = np.zeros((N, C))
    log_z = np.zeros((N, C))
    for n in range(N):
        row_max = np.max(scores[n])
        row = scores[n] - row_max
        e = np.exp(row)
        s = np.sum(e)
        z[n] = e / s
        log_z[n] = row - np.log(s)

    # cross entropy
    data_loss = 0.0
    for n in range(N):
        for k in range(C):
            if label[n, k] == 1:
                data_loss = data_loss - log_z[n, k]
    data_loss = data_loss / N

    # regularisation
    reg_loss = 0.0
    for i in range(len(W)):
        reg_loss = reg_loss + np.sum(W[i] ** 2)
    reg_loss = lamda / 2 * reg_loss
    loss = data_loss + reg_loss

    # gradient, column by column
    gradient = np.zeros((D, C))
    for c in range(C):
        for n in range(N):
            difference = z[n, c] - label[n, c]
            gradient[:, c] = gradient[:, c] + input[n] * difference
        gradient[:, c] = gradient[:, c] / N
        gradient[:, c] = gradient[:, c] + lamda * W[:, c]

    # prediction
    prediction = np.zeros(N)
    for n in range(N):
        best = 0
        for k in range(1, C):
            if z[n, k] > z[n, best]:
                best = k
        prediction[n] = best

    return loss, gradient, prediction
