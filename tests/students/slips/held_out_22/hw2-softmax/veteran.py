import numpy as np


def softmax_classifier(W, input, label, lamda):
    D = W.shape[0]
    C = W.shape[1]
    N = input.shape[0]

    S = np.zeros((N, C))
    P = np.zeros((N, C))
    delta = np.zeros((N, C))
    grad = np.zeros((D, C))
    pred = np.zeros(N, dtype=np.int64)

    # scores, one class at a time
    for c in range(C):
        S[:, c] = np.dot(input, W[:, c])

    # rows: maximum, normaliser, probabilities, class
    loss = 0.0
    for n in range(N):
        k = 0
        for c in range(1, C):
            if S[n, c] > S[n, k]:
                k = c
        pred[n] = k
        top = S[n, k]
        total = 0.0
        for c in range(C):
            P[n, c] = np.exp(S[n, c] - top)
            total += P[n, c]
        P[n, :] /= total
        loss -= np.dot(label[n, :], S[n, :] - top - np.log(total))
    loss /= N

    # penalty
    norm = 0.0
    for d in range(D):
        norm += np.dot(W[d, :], W[d, :])
    loss += 0.5 * lamda * norm

    # gradient, one class at a time
    np.subtract(P, label, out=delta)
    for c in range(C):
        grad[:, c] = np.dot(input.T, delta[:, c]) / N
    for d in range(D):
        grad[d, :] += lamda * W[d, :]

    return loss, grad, pred
