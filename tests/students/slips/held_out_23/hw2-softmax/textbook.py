import numpy as np


def softmax_classifier(W, input, label, lamda):
    X, T = input, label
    N, D = X.shape
    C = T.shape[1]

    # s = X W
    s = X.dot(W)

    # z[n, j] = exp(s[n, j]) / sum over k of exp(s[n, k])
    z = np.zeros((N, C))
    for n in range(N):
        shifted = s[n] - np.max(s[n])
        z[n] = np.exp(shifted) / np.sum(np.exp(shifted))

    # E = -1/N sum T log z
    E = 0.0
    for n in range(N):
        E -= np.dot(T[n], np.log(z[n] + 1e-12))
    E = E / N

    # R = lamda/2 sum W^2
    R = lamda / 2 * np.sum(W * W)
    loss = E + R

    # dE/ds[j] = sum over k of dE/dz[k] dz[k]/ds[j],  dz[k]/ds[j] = z[k] (I[k = j] - z[j])
    # and sum over k of -T[k]/z[k] * z[k] (I[k = j] - z[j]) is written without the division
    I = np.eye(C)
    dE_dW = np.zeros((D, C))
    for n in range(N):
        dE_ds = np.zeros(C)
        for j in range(C):
            for k in range(C):
                dE_ds[j] += -T[n, k] * (I[k, j] - z[n, j])
        # ds[j]/dW[i, j] = x[i]
        dE_dW += np.outer(X[n], dE_ds)
    dE_dW = dE_dW / N

    dR_dW = lamda * W
    gradient = dE_dW + dR_dW

    # class with the largest z
    prediction = np.zeros(N, dtype=int)
    for n in range(N):
        prediction[n] = np.argmax(z[n])

    return loss, gradient, prediction
