"""Multinomial logit and a one-layer network, written as I would in R."""
import numpy as np
from functools import reduce


def log_sum_exp(row):
    return reduce(np.logaddexp, row)


def crossprod(A, B):
    return A.T @ B


def fitted(eta):
    # fitted class probabilities, one row per observation
    lse = np.apply_along_axis(log_sum_exp, 1, eta)
    return np.exp(np.subtract(eta, lse[:, np.newaxis]))


def model_matrix(y, n_class):
    """Indicator columns of the factor y."""
    return np.equal.outer(np.asarray(y), np.arange(n_class)).astype(float)


def strata(n_obs, size):
    cuts = np.arange(size, n_obs, size)
    return np.split(np.arange(n_obs), cuts)


def softmax_loss(Z, y):
    n_obs = Z.shape[0]
    centre = np.max(Z, axis=1)
    eta = Z - centre[:, np.newaxis]
    lse = np.apply_along_axis(log_sum_exp, 1, eta)
    Y = model_matrix(y, Z.shape[1])
    loglik = np.sum(Y * eta) - np.sum(lse)
    return -loglik / n_obs


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    Y = model_matrix(y, theta.shape[1])
    for obs in strata(X.shape[0], batch):
        design = X[obs, :]
        resid = Y[obs, :] - fitted(design @ theta)
        score = crossprod(design, resid) / obs.size
        theta += lr * score


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    Y = model_matrix(y, W2.shape[1])
    for obs in strata(X.shape[0], batch):
        design = X[obs, :]
        eta1 = design @ W1
        basis = np.where(eta1 > 0, eta1, 0)
        resid = Y[obs, :] - fitted(basis @ W2)
        score2 = sum(np.outer(b, r) for b, r in zip(basis, resid))
        pulled = np.where(eta1 > 0, np.dot(resid, W2.T), 0)
        score1 = sum(np.outer(x, g) for x, g in zip(design, pulled))
        W2 += lr * score2 / len(obs)
        W1 += lr * score1 / len(obs)
