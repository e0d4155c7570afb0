import numpy as np

# I find it easier with one example per column, so transpose everything first
# X: D x N, Y: C x N, Theta: C x D

def softmax_classifier(W, input, label, lamda):
    """
      Inputs have dimension D, there are C classes, and we operate on minibatches of N examples.
    """
    X, Y, Theta = input.T, label.T, W.T
    m = X.shape[1]

    Z = np.matmul(Theta, X)
    Z = Z - np.max(Z, axis=0)
    A = np.exp(Z)
    A = A / np.sum(A, axis=0)

    idx = np.argmax(Y, axis=0)
    correct = A[idx, np.arange(m)]
    loss = np.sum(-np.log(correct + 1e-12)) / m
    loss = loss + (lamda / 2) * np.linalg.norm(W, 'fro') ** 2

    dZ = A - Y
    dTheta = np.matmul(dZ, X.T) / m + lamda * Theta
    gradient = dTheta.T

    prediction = np.argmax(A, axis=0).reshape(-1, 1)
    return loss, gradient, prediction
