import numpy as np


def softmax_classifier(W, input, label, lamda):
    # columns are the samples in here, as in the lectures
    Theta = W.T                     # C x D
    Xc = input.T                    # D x m
    Y = label.T                     # C x m
    D, m = Xc.shape
    C = Theta.shape[0]

    z2 = Theta.dot(Xc)              # C x m
    a2 = np.zeros((C, m))
    prediction = np.zeros(m)
    J = 0.0
    for i in range(m):
        zi = z2[:, i]
        biggest = np.max(zi)
        ezi = np.exp(zi - biggest)
        denom = 0.0
        for c in range(C):
            denom = denom + ezi[c]
        a2[:, i] = ezi / denom
        for c in range(C):
            J = J - Y[c, i] * (zi[c] - biggest - np.log(denom))
        best = 0
        for c in range(1, C):
            if a2[c, i] > a2[best, i]:
                best = c
        prediction[i] = best
    J = J / m

    # regularization
    penalty = 0.0
    for c in range(C):
        for d in range(D):
            penalty = penalty + Theta[c, d] ** 2
    J = J + lamda / 2 * penalty

    # gradient, one sample at a time
    delta2 = a2 - Y                 # C x m
    Theta_grad = np.zeros((C, D))
    for i in range(m):
        Theta_grad = Theta_grad + np.outer(delta2[:, i], Xc[:, i])
    Theta_grad = Theta_grad / m + lamda * Theta

    return J, Theta_grad.T, prediction
