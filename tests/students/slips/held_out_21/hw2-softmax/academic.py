"""Multinomial logistic regression with a Gaussian prior.

Notation.  X is (N, D), T is (N, C) one-hot, W is (D, C).

    log z[n, j] = s[n, j] - LSE(s[n, :]),      LSE(v) = log sum_k exp v_k = m + log sum_k exp(v_k - m)

and with d LSE(v) / d v_j = z_j the gradient of the average negative log likelihood is

    dL / dW = 1/N sum_n x_n (z_n - t_n)^T = 1/N (X^T Z - X^T T).
"""

import numpy as np


def _logsumexp(a, axis):
    """Shift by the maximum m along the axis, so that the largest exponent is 0."""
    m = np.max(a, axis=axis, keepdims=True)
    return m + np.log(np.sum(np.exp(a - m), axis=axis, keepdims=True))


def softmax_classifier(W, input, label, lamda):
    """Returns (loss, gradient, prediction)."""
    W64 = np.asarray(W, dtype=np.float64)
    X = np.asarray(input, dtype=np.float64)
    T = np.asarray(label, dtype=np.float64)
    N = float(X.shape[0])

    # scores and their log-probabilities
    S = X @ W64
    log_z = S - _logsumexp(S, axis=1)
    z = np.exp(log_z)

    # where() instead of a product: 0 * (-inf) would be NaN
    cross_entropy = -np.sum(np.where(T > 0.5, log_z, 0.0)) / N
    penalty = 0.5 * lamda * np.sum(np.square(W64))
    loss = float(cross_entropy + penalty)

    # model expectation minus empirical expectation
    expected = X.T @ z
    observed = X.T @ T
    gradient = (expected - observed) / N + lamda * W64

    # the logarithm is monotone, so the mode of z is the mode of log z
    prediction = np.argmax(log_z, axis=1)
    return loss, gradient, prediction
