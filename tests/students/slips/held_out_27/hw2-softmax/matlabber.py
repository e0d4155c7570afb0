# Softmax classifier, translated from my Matlab script softmaxClassifier.m
# (Matlab had one example per column, here one example is one row)
import numpy as np
from numpy import exp, log, zeros, ones, tile, dot, sum, size, transpose

EPSILON = 1e-12      # instead of Matlab's eps, so that log() never sees 0


def bsx_minus(A, b):
    # bsxfun(@minus, A, b) with b a column, size(b) = [n 1]
    [n, m] = A.shape
    return A - tile(b.reshape(n, 1), (1, m))


def bsx_rdivide(A, b):
    # bsxfun(@rdivide, A, b) with b a column
    [n, m] = A.shape
    return A / tile(b.reshape(n, 1), (1, m))


def softmax_classifier(W, input, label, lamda):
    X = input
    T = label
    n_samples = size(X, 0)       # size(X, 1) in Matlab
    n_inputs = size(X, 1)
    n_classes = size(T, 1)

    # --- scores, S = X * W
    S = dot(X, W)

    # --- max(S, [], 2)
    biggest = S.max(1)
    S = bsx_minus(S, biggest)
    E = exp(S)
    denom = dot(E, ones((n_classes, 1)))
    P = bsx_rdivide(E, denom)

    # --- data loss, sum(sum(T .* log(P)))
    LL = T * log(P + EPSILON)
    data_loss = -sum(sum(LL, 0)) / n_samples

    # --- weight penalty, W(:)' * W(:)
    w_vec = W.reshape(-1, 1)
    reg_loss = lamda / 2 * dot(transpose(w_vec), w_vec)[0, 0]
    loss = data_loss + reg_loss

    # --- gradient
    Delta = P - T
    gradient = zeros((n_inputs, n_classes))
    gradient += 1.0 / n_samples * dot(transpose(X), Delta)
    gradient += lamda * W

    # --- [~, prediction] = max(P, [], 2), classes start at 0 here
    prediction = zeros((n_samples, 1))
    best_value = P[:, 0].copy()
    for k in range(1, n_classes):
        better = P[:, k] > best_value
        prediction[better, 0] = k
        best_value[better] = P[better, k]

    return loss, gradient, prediction
