import numpy as np


def softmax_classifier(W, input, label, lamda):
    N = input.shape[0]
    D, C = W.shape
    loss = 0.0
    dW = np.zeros(W.shape)
    preds = []
    # first version: one example at a time
    # for i in range(N):
    #     for j in range(C):
    #         scores[j] = sum(W[d, j] * input[i, d] for d in range(D))
    all_scores = input.dot(W)
    probs = np.zeros((N, C))
    for i in range(N):
        s = all_scores[i]
        s = s - np.max(s)
        e = np.exp(s)
        probs[i] = e / np.sum(e)
        correct = 0
        for j in range(C):
            if label[i, j] == 1:
                correct = j
        # loss += -np.log(probs[i, correct])
        loss += np.log(np.sum(e)) - s[correct]
        best = 0
        for j in range(1, C):
            if s[j] > s[best]:
                best = j
        preds.append(best)
    loss /= N

    # gradient: inner loops gone, see the old one below
    for j in range(C):
        diff = probs[:, j] - label[:, j]
        dW[:, j] = np.dot(input.T, diff)
    # for d in range(D):
    #     for j in range(C):
    #         dW[d, j] += input[i, d] * (probs[i, j] - label[i, j])
    dW = dW / N

    # regularization
    reg_loss = 0.0
    for d in range(D):
        reg_loss += np.sum(W[d] ** 2)
    loss = loss + lamda * reg_loss / 2
    dW = dW + lamda * W
    return loss, dW, np.array(preds)
